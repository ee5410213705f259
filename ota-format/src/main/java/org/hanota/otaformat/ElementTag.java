// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.Width;

/** What an element holds. [ZCL 11.4.3] */
public record ElementTag(int value) implements Comparable<ElementTag> {
  /** The image itself. */
  public static final ElementTag UPGRADE_IMAGE = new ElementTag(0x0000);

  /** Signature with sect163k1. [ZCL 11.4.6] */
  public static final ElementTag SIGNATURE_SUITE_1 = new ElementTag(0x0001);

  /** Certificate of the signer, sect163k1. */
  public static final ElementTag CERTIFICATE_SUITE_1 = new ElementTag(0x0002);

  /** AES-MMO hash of what stands before. [ZCL 11.4.8] */
  public static final ElementTag INTEGRITY_CODE = new ElementTag(0x0003);

  /** A picture. */
  public static final ElementTag PICTURE = new ElementTag(0x0004);

  /** Signature with sect283k1. */
  public static final ElementTag SIGNATURE_SUITE_2 = new ElementTag(0x0005);

  /** Certificate of the signer, sect283k1. */
  public static final ElementTag CERTIFICATE_SUITE_2 = new ElementTag(0x0006);

  /** Lowest tag that a manufacturer may use as it likes. */
  private static final int MANUFACTURER_SPECIFIC = 0xF000;

  /**
   * @param value uint16
   */
  public ElementTag {
    Width.uint16("tag", value);
  }

  /** Whether the standard gives the tag a meaning. */
  public boolean isStandard() {
    return value <= CERTIFICATE_SUITE_2.value;
  }

  /** Whether the tag is a manufacturer's own. */
  public boolean isManufacturerSpecific() {
    return value >= MANUFACTURER_SPECIFIC;
  }

  /** Whether neither the standard nor a manufacturer may use the tag. */
  static boolean isReserved(int tag) {
    return tag > CERTIFICATE_SUITE_2.value && tag < MANUFACTURER_SPECIFIC;
  }

  /** The standard's name for it, or what kind of tag it is. */
  public String title() {
    return switch (value) {
      case 0x0000 -> "upgrade image";
      case 0x0001 -> "signature, suite 1";
      case 0x0002 -> "certificate, suite 1";
      case 0x0003 -> "integrity code";
      case 0x0004 -> "picture";
      case 0x0005 -> "signature, suite 2";
      case 0x0006 -> "certificate, suite 2";
      default -> isManufacturerSpecific() ? "manufacturer specific" : "reserved";
    };
  }

  @Override
  public int compareTo(ElementTag other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Width.hex(value, 4);
  }
}
