// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;

/** The check of a plain file's integrity code. */
final class IntegrityCodeVerifier extends Verifier {
  private final Optional<Verifier> otherwise;

  IntegrityCodeVerifier() {
    super("integrityCode");
    otherwise = Optional.empty();
  }

  /**
   * @param otherwise decides about a file without a code
   */
  IntegrityCodeVerifier(Verifier otherwise) {
    super("integrityCodeIfCarried");
    this.otherwise = Optional.of(otherwise);
  }

  @Override
  protected Check check(OctetSource file, OtaHeader header) {
    if (otherwise.isPresent() && !carriesCode(file, header)) {
      return otherwise.get().check(file, header);
    }
    ZigBeeFile plain = ZigBeeFile.read(file);
    if (hasUncovered(plain.elements())) {
      return new Check.Failed(
          VerificationStep.INTEGRITY_CODE,
          "elements other than certificate and signatures stand behind element 0003");
    }
    return switch (IntegrityCode.check(plain)) {
      case ABSENT ->
          new Check.Failed(VerificationStep.INTEGRITY_CODE, "the file has no element 0003");
      case MISMATCH ->
          new Check.Failed(
              VerificationStep.INTEGRITY_CODE, "element 0003 is not the hash over either range");
      case MATCH_TAG_EXCLUDED ->
          new Check.Passed("integrity code over the octets before its tag", Optional.empty());
      case MATCH_TAG_INCLUDED ->
          new Check.Passed("integrity code over the octets before its value", Optional.empty());
    };
  }

  /** Whether the octets behind the header are whole elements, one of them a code. */
  private static boolean carriesCode(OctetSource file, OtaHeader header) {
    Elements elements = Elements.walk(file, header.headerLength(), file.size());
    return !elements.overrun()
        && elements.leftOver() == 0
        && elements.first(ElementTag.INTEGRITY_CODE).isPresent();
  }

  /** Whether the code, which covers only what stands before it, leaves out part of the image. */
  private static boolean hasUncovered(Elements elements) {
    boolean behind = false;
    boolean uncovered = false;
    Elements.Cursor cursor = elements.cursor();
    while (cursor.advance()) {
      boolean code = cursor.tag == ElementTag.INTEGRITY_CODE.value();
      uncovered =
          !code
              && (uncovered
                  || (behind
                      && !CryptoSuite.SUITE_1.owns(cursor.tag)
                      && !CryptoSuite.SUITE_2.owns(cursor.tag)
                      && cursor.tag != ManufacturerSignature.TAG.value()));
      behind |= code;
    }
    return behind && uncovered;
  }
}
