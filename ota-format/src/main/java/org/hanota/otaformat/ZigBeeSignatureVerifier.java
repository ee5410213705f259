// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;

/** The check of a plain file's signature, step by step. [ZCL 11.7.1] */
final class ZigBeeSignatureVerifier extends Verifier {
  private final ZigBeeTrust trust;

  ZigBeeSignatureVerifier(ZigBeeTrust trust) {
    super("zigbeeSignature");
    this.trust = trust;
  }

  @Override
  protected Check check(OctetSource octets, OtaHeader header) {
    ZigBeeFile file = ZigBeeFile.read(octets);
    if (hasBothSuites(file.elements())) {
      return new Check.Failed(VerificationStep.SUITE, "the file has elements of both suites");
    }
    Optional<ZigBeeSignature> signature;
    try {
      signature = ZigBeeSignature.of(file);
    } catch (FormatException e) {
      return failed(VerificationStep.SIGNATURE_ELEMENT, e);
    }
    if (signature.isEmpty()) {
      return new Check.Failed(
          VerificationStep.SIGNATURE_ELEMENT, "the file has no element 0001 or 0005");
    }
    if (!trust.trusts(signature.get().signer())) {
      return new Check.Failed(
          VerificationStep.SIGNER, "signer " + signature.get().signer() + " is not trusted");
    }
    return checkCertificate(file, signature.get());
  }

  private Check checkCertificate(ZigBeeFile file, ZigBeeSignature signature) {
    Optional<Element> element = file.elements().first(signature.suite().certificateTag());
    if (element.isEmpty()) {
      return new Check.Failed(
          VerificationStep.CERTIFICATE,
          "the file has no element " + signature.suite().certificateTag());
    }
    if (element.get().length() != signature.suite().certificateLength()) {
      return new Check.Failed(
          VerificationStep.CERTIFICATE,
          "the certificate has %d octets, allowed %d"
              .formatted(element.get().length(), signature.suite().certificateLength()));
    }
    SuitePublicKey key;
    try {
      ImplicitCertificate certificate =
          new ImplicitCertificate(signature.suite(), element.get().octets());
      if (!certificate.subject().equals(signature.signer())) {
        return new Check.Failed(
            VerificationStep.CERTIFICATE,
            "the certificate is of " + certificate.subject() + ", not " + signature.signer());
      }
      Optional<SuitePublicKey> issuer = trust.issuer(certificate.issuer(), signature.suite());
      if (issuer.isEmpty()) {
        return new Check.Failed(
            VerificationStep.ISSUER, "issuer " + certificate.issuer() + " is not trusted");
      }
      key = certificate.publicKey(issuer.get());
    } catch (FormatException e) {
      return failed(VerificationStep.CERTIFICATE, e);
    }
    return checkSignature(signature, key);
  }

  private static Check checkSignature(ZigBeeSignature signature, SuitePublicKey key) {
    if (!signature.isLast()) {
      return new Check.Failed(
          VerificationStep.DIGEST, "octets stand behind the signature and are not signed");
    }
    if (signature.digestedOctets() > AesMmo.MESSAGE_MAX) {
      return new Check.Failed(VerificationStep.DIGEST, "the file is too long for AES-MMO");
    }
    if (!key.verify(signature.digest(), signature.octets())) {
      return new Check.Failed(
          VerificationStep.SIGNATURE,
          "the signature is not " + signature.signer() + "'s over this file");
    }
    return new Check.Passed(
        "signed by %s with %s".formatted(signature.signer(), signature.suite().curve()),
        Optional.empty());
  }

  private static boolean hasBothSuites(Elements elements) {
    boolean suite1 = false;
    boolean suite2 = false;
    Elements.Cursor cursor = elements.cursor();
    while (cursor.advance()) {
      suite1 |= CryptoSuite.SUITE_1.owns(cursor.tag);
      suite2 |= CryptoSuite.SUITE_2.owns(cursor.tag);
    }
    return suite1 && suite2;
  }

  private static Check failed(VerificationStep step, FormatException e) {
    return new Check.Failed(step, String.valueOf(e.getMessage()));
  }
}
