// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Decides whose a message is and whether it may be acted on, step by step. [DUIS signature] */
public final class SignatureVerifier {
  /** Who signs responses and alerts: the access control broker and the DCC's systems. */
  private static final Set<RemotePartyRole> DCC =
      Set.of(RemotePartyRole.ACCESS_CONTROL_BROKER, RemotePartyRole.DCC_XML_SIGN);

  private static final String SECURE_VALIDATION = "org.jcp.xml.dsig.secureValidation";
  private static final String KEEP_WHAT_IS_DIGESTED = "javax.xml.crypto.dsig.cacheReference";

  private final List<XmlCertificate> known;

  /** Knows these signers and nobody else. */
  public SignatureVerifier(Collection<Certificate> known) {
    this.known =
        known.stream()
            .filter(each -> each.usage() == KeyUsage.DIGITAL_SIGNATURE)
            .map(XmlCertificate::of)
            .toList();
  }

  /**
   * Checks a message that was just received.
   *
   * @param octets the message
   * @param utcMillis the receiver's clock, Unix time in milliseconds
   * @param toleranceMs how far the message's own time may be from that
   * @throws FormatException if {@code octets} are no message of DUIS
   */
  public Verdict verifyAtReceipt(Octets octets, long utcMillis, long toleranceMs) {
    Verdict verdict = verify(octets, utcMillis);
    if (verdict instanceof Verdict.Verified verified) {
      Optional<Instant> time = verified.message().time();
      if (time.isPresent()
          && Math.abs(Math.subtractExact(time.get().toEpochMilli(), utcMillis)) > toleranceMs) {
        return refused(
            SignatureStep.TIME,
            time.get() + ", allowed within " + toleranceMs + " ms of the receiver's clock");
      }
    }
    return verdict;
  }

  /**
   * Checks a message as of a time.
   *
   * @param octets the message
   * @param utcMillis when the signer's certificate must be valid, Unix time in milliseconds
   * @throws FormatException if {@code octets} are no message of DUIS
   */
  public Verdict verify(Octets octets, long utcMillis) {
    return verify(octets, Duis.read(octets), Optional.of(Instant.ofEpochMilli(utcMillis)));
  }

  /**
   * Checks a message as of the time at which it says that it was sent; one that does not say so
   * fails where the certificate's time is checked.
   *
   * @throws FormatException if {@code octets} are no message of DUIS
   */
  public Verdict verify(Octets octets) {
    DuisMessage claimed = Duis.read(octets);
    return verify(octets, claimed, claimed.time());
  }

  private Verdict verify(Octets octets, DuisMessage claimed, Optional<Instant> at) {
    if (claimed instanceof Request request && !knows(request.id().originator())) {
      return refused(
          SignatureStep.USER,
          "no certificate of " + MessageId.dashed(request.id().originator()) + " is known");
    }
    Document document = document(octets);
    NodeList signatures = document.getElementsByTagNameNS(SignatureForm.NAMESPACE, "Signature");
    if (signatures.getLength() == 0) {
      return claimed instanceof Response response && response.isAcknowledgement()
          ? new Verdict.Acknowledgement(response)
          : refused(SignatureStep.PRESENCE, "no signature");
    }
    Element signature = (Element) signatures.item(0);
    try {
      if (signatures.getLength() > 1) {
        return refused(SignatureStep.FORM, signatures.getLength() + " signatures, allowed one");
      }
      if (!signature.equals(lastElement(document.getDocumentElement()))) {
        return refused(SignatureStep.FORM, "the signature is not the last child of the message");
      }
      return check(claimed, signature, SignatureForm.check(signature), at);
    } catch (SignatureForm.Refused e) {
      return refused(SignatureStep.FORM, String.valueOf(e.getMessage()));
    }
  }

  private Verdict check(
      DuisMessage claimed, Element signature, SignatureForm.Signer named, Optional<Instant> at) {
    Optional<XmlCertificate> found =
        known.stream()
            .filter(each -> each.isNamed(named.issuer(), named.serialNumber()))
            .findFirst();
    if (found.isEmpty()) {
      return refused(
          SignatureStep.SIGNER,
          "no certificate of " + named.issuer() + " with number " + named.serialNumber());
    }
    XmlCertificate signer = found.get();
    Optional<String> forbidden = forbidden(claimed, signer.certificate());
    if (forbidden.isPresent()) {
      return refused(SignatureStep.ROLE, forbidden.get());
    }
    if (at.isEmpty()) {
      return refused(SignatureStep.VALIDITY, "the message does not say when it was sent");
    }
    if (!signer.certificate().validAt(at.get().toEpochMilli())) {
      return refused(
          SignatureStep.VALIDITY,
          "valid from "
              + Instant.ofEpochMilli(signer.certificate().notBefore())
              + " to "
              + Instant.ofEpochMilli(signer.certificate().notAfter())
              + ", checked at "
              + at.get());
    }
    return compute(signature, signer);
  }

  private static Optional<String> forbidden(DuisMessage message, Certificate signer) {
    Optional<RemotePartyRole> role = signer.role();
    if (message instanceof Request request) {
      if (!role.equals(Optional.of(RemotePartyRole.USER_XML_SIGN))) {
        return Optional.of("a request signed by the " + named(role) + ", allowed a user");
      }
      return signer.subject().equals(request.id().originator())
          ? Optional.empty()
          : Optional.of(
              "a request of "
                  + MessageId.dashed(request.id().originator())
                  + " signed by "
                  + MessageId.dashed(signer.subject()));
    }
    return role.filter(DCC::contains).isPresent()
        ? Optional.empty()
        : Optional.of("a response signed by the " + named(role) + ", allowed the DCC");
  }

  private static String named(Optional<RemotePartyRole> role) {
    return role.map(each -> "role " + each.name()).orElse("holder of no role");
  }

  /** Computes the signature; a verdict has only what is read anew from the octets digested. */
  private static Verdict compute(Element signature, XmlCertificate signer) {
    DOMValidateContext context =
        new DOMValidateContext(
            KeySelector.singletonKeySelector(signer.x509().getPublicKey()), signature);
    context.setProperty(SECURE_VALIDATION, true);
    context.setProperty(KEEP_WHAT_IS_DIGESTED, true);
    try {
      XMLSignature in = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      Reference reference = in.getSignedInfo().getReferences().get(0);
      if (!reference.validate(context)) {
        return refused(SignatureStep.DIGEST, "the message is not the one that was digested");
      }
      if (!in.getSignatureValue().validate(context)) {
        return refused(SignatureStep.VALUE, "the signer did not sign that digest");
      }
      Octets digested = Octets.wrap(reference.getDigestInputStream().readAllBytes());
      return new Verdict.Verified(Duis.read(digested), signer.certificate());
    } catch (MarshalException | XMLSignatureException e) {
      return refused(SignatureStep.FORM, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new AssertionError("octets in memory cannot be read", e);
    }
  }

  private boolean knows(Eui64 user) {
    return known.stream().anyMatch(each -> each.certificate().subject().equals(user));
  }

  private static @Nullable Element lastElement(Element parent) {
    Node last = parent.getLastChild();
    while (last != null && !(last instanceof Element)) {
      last = last.getPreviousSibling();
    }
    return (Element) last;
  }

  /** The same octets as a tree that keeps what a signature covers; they were found sound before. */
  private static Document document(Octets octets) {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    try {
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // Which throws and writes nothing.
      return builder.parse(new ByteArrayInputStream(octets.toByteArray()));
    } catch (SAXException e) {
      FormatException fault =
          new FormatException("XML", 0, String.valueOf(e.getMessage()), "well-formed XML");
      fault.initCause(e);
      throw fault;
    } catch (ParserConfigurationException | IOException e) {
      throw new AssertionError("the parser of this JDK does not work", e);
    }
  }

  private static Verdict refused(SignatureStep step, String reason) {
    return new Verdict.Refused(step, reason);
  }
}
