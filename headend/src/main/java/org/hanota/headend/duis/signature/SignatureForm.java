// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

import java.math.BigInteger;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The one form that a signature of DUIS has. Whatever else XML signatures can say, such as other
 * references, transforms, objects or keys of their own, is refused before anything is computed.
 */
final class SignatureForm {
  static final String NAMESPACE = "http://www.w3.org/2000/09/xmldsig#";
  static final String CANONICALIZATION = "http://www.w3.org/2001/10/xml-exc-c14n#";
  static final String SIGNATURE = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
  static final String ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
  static final String DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256";

  /** X.509 allows 20 octets. */
  private static final String SERIAL_NUMBER = "[0-9]{1,49}";

  private static final int NAME_MAX = 200;

  private SignatureForm() {}

  /**
   * Who is named as the signer.
   *
   * @param issuer of the certificate
   * @param serialNumber of the certificate
   */
  record Signer(X500Principal issuer, BigInteger serialNumber) {}

  /** The signature's form is another one. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason);
    }
  }

  /** The signer, if {@code signature} has the form. */
  static Signer check(Element signature) throws Refused {
    Children in = new Children(signature);
    Children info = new Children(in.next("SignedInfo"));
    algorithm(info.next("CanonicalizationMethod"), CANONICALIZATION);
    algorithm(info.next("SignatureMethod"), SIGNATURE);
    Element reference = info.next("Reference", "URI");
    if (!reference.getAttribute("URI").isEmpty() || !reference.hasAttribute("URI")) {
      throw new Refused("Reference to \"" + reference.getAttribute("URI") + "\", allowed \"\"");
    }
    info.end();
    Children of = new Children(reference);
    Children transforms = new Children(of.next("Transforms"));
    algorithm(transforms.next("Transform"), ENVELOPED);
    transforms.end();
    algorithm(of.next("DigestMethod"), DIGEST);
    new Children(of.next("DigestValue")).end();
    of.end();
    new Children(in.next("SignatureValue")).end();
    Children key = new Children(in.next("KeyInfo"));
    in.end();
    Children data = new Children(key.next("X509Data"));
    key.end();
    Children names = new Children(data.next("X509IssuerSerial"));
    data.end();
    Element issuer = names.next("X509IssuerName");
    Element serial = names.next("X509SerialNumber");
    names.end();
    return new Signer(issuer(issuer.getTextContent()), serial(serial.getTextContent().strip()));
  }

  private static X500Principal issuer(String name) throws Refused {
    try {
      if (name.length() <= NAME_MAX) {
        return new X500Principal(name.strip());
      }
    } catch (IllegalArgumentException e) {
      // The constructor says so of a text that is no name: it came with the message.
    }
    throw new Refused("X509IssuerName is no distinguished name, as in CN=Z1,OU=07");
  }

  private static BigInteger serial(String number) throws Refused {
    if (!number.matches(SERIAL_NUMBER)) {
      throw new Refused("X509SerialNumber is no decimal number of at most 49 digits");
    }
    return new BigInteger(number);
  }

  private static void algorithm(Element element, String allowed) throws Refused {
    if (!element.getAttribute("Algorithm").equals(allowed)) {
      throw new Refused(
          element.getLocalName()
              + " is \""
              + element.getAttribute("Algorithm")
              + "\", allowed "
              + allowed);
    }
    new Children(element).end();
  }

  /** The elements within another one, taken in their order. */
  private static final class Children {
    private final String parent;
    private Optional<Element> next;

    Children(Element parent) {
      this.parent = parent.getLocalName();
      this.next = from(parent.getFirstChild());
    }

    /** The next one, which has only the attribute that its name goes with, if any. */
    Element next(String name) throws Refused {
      boolean algorithm = name.endsWith("Method") || name.equals("Transform");
      return next(name, algorithm ? "Algorithm" : "");
    }

    Element next(String name, String attribute) throws Refused {
      Element found =
          next.filter(
                  each ->
                      each.getLocalName().equals(name) && NAMESPACE.equals(each.getNamespaceURI()))
              .orElseThrow(() -> refused(name));
      for (int i = 0; i < found.getAttributes().getLength(); i++) {
        String other = found.getAttributes().item(i).getNodeName();
        if (!other.equals(attribute) && !other.startsWith("xmlns")) {
          throw new Refused(name + " has the attribute " + other);
        }
      }
      next = from(found.getNextSibling());
      return found;
    }

    void end() throws Refused {
      if (next.isPresent()) {
        throw refused("nothing more");
      }
    }

    private Refused refused(String allowed) {
      String found = next.map(Node::getNodeName).orElse("nothing");
      return new Refused(found + " in " + parent + ", allowed " + allowed);
    }

    private static Optional<Element> from(@Nullable Node node) {
      Node each = node;
      while (each != null && !(each instanceof Element)) {
        each = each.getNextSibling();
      }
      return Optional.ofNullable((Element) each);
    }
  }
}
