// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;

/** The check of a plain file's integrity code. */
final class IntegrityCodeVerifier extends Verifier {
  IntegrityCodeVerifier() {
    super("integrityCode");
  }

  @Override
  protected Check check(OctetSource file, OtaHeader header) {
    return switch (IntegrityCode.check(ZigBeeFile.read(file))) {
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
}
