// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.keys.P256Signer;

/** What the headers of all GB images have in common. */
final class Gb {
  /** Hardware versions present, no security credential version, not device specific. */
  static final int FIELD_CONTROL = 0x0004;

  private Gb() {}

  /** Reads the header of a GB file strictly. [GBCS 11.2.3] */
  static OtaHeader header(OctetSource file) {
    OtaHeader header = Strict.header(file);
    if (header.fieldControl() != FIELD_CONTROL) {
      throw new FormatException(
          "field control",
          OtaHeader.FIELD_CONTROL_OFFSET,
          "0x" + Width.hex(header.fieldControl(), 4),
          "0x0004 in the file of a GB image: hardware versions and no other optional group");
    }
    return header;
  }

  /** Firmware and manufacturer's signature of format 2, in a file with so many octets behind it. */
  static Octets signedImage(
      OtaHeader header, Octets firmware, int behind, P256Signer manufacturer) {
    long image = (long) firmware.length() + ManufacturerSignature.ELEMENT_LENGTH;
    Octets signed = Strict.join(header.withBodyOf(image + behind).write(), firmware);
    return Strict.join(firmware, ManufacturerSignature.element(signed, manufacturer));
  }

  static void demandHeader(OtaHeader header) {
    header.demandLegal();
    if (header.fieldControl() != FIELD_CONTROL) {
      throw new IllegalArgumentException(
          "the header of a GB image has hardware versions and no other optional group");
    }
  }
}
