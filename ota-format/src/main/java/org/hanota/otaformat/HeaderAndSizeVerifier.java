// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.OctetSource;

/** Checks nothing beyond what every image must fulfil. */
final class HeaderAndSizeVerifier extends Verifier {
  private final String reason;

  HeaderAndSizeVerifier(String reason) {
    super("headerAndSizeOnly");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("reason is blank; it is logged with every image");
    }
    this.reason = reason;
  }

  @Override
  protected Check check(OctetSource file, OtaHeader header) {
    return new Check.Passed("header and size only, because " + reason, Optional.empty());
  }
}
