// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

/** What the headers of all GB images have in common. */
final class Gb {
  /** Hardware versions present, no security credential version, not device specific. */
  static final int FIELD_CONTROL = 0x0004;

  private Gb() {}

  static void demandHeader(OtaHeader header) {
    header.demandLegal();
    if (header.fieldControl() != FIELD_CONTROL) {
      throw new IllegalArgumentException(
          "the header of a GB image has hardware versions and no other optional group");
    }
  }
}
