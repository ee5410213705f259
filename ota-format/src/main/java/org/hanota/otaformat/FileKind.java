// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Locale;
import java.util.Optional;
import org.hanota.api.OctetSource;

/** What stands behind the header. A GB file carries no marker, so its reader has to be told. */
public enum FileKind {
  /** Elements, each with tag and length. [ZCL 11.4.3] */
  ZIGBEE,
  /** Manufacturer Image, forceReplace, 0x40, Authorising Remote Party Signature. [GBCS 11.2.2] */
  GB_METER,
  /** The Manufacturer Image alone. */
  GB_PPMID;

  /** The name in command lines and JSON: lower case with a dash. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind with this {@link #label}. */
  public static Optional<FileKind> ofLabel(String label) {
    for (FileKind kind : values()) {
      if (kind.label().equals(label)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /**
   * The kind that {@code file}'s octets speak for: {@link #ZIGBEE} when its elements, counted from
   * the identifier and within the total image size, end with at most two octets left over; else
   * {@link #GB_METER} when field control is 4 and the octet 65 from the image's end is 0x40; else
   * none, since nothing marks a PPMID's file.
   *
   * @throws org.hanota.api.FormatException if no header can be read
   */
  public static Optional<FileKind> detect(OctetSource file) {
    return Layout.find(file).kind();
  }
}
