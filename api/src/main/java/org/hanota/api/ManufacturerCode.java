// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/** A ZigBee Alliance manufacturer code. [ZCL 11.4.2.5] */
public record ManufacturerCode(int value) implements Comparable<ManufacturerCode> {
  /** Stands for every value where a command allows it. */
  public static final ManufacturerCode WILD_CARD = new ManufacturerCode(0xFFFF);

  /**
   * @param value uint16
   */
  public ManufacturerCode {
    Width.uint16("manufacturerCode", value);
  }

  /** The same by its number, uint16. */
  public static ManufacturerCode of(int value) {
    return new ManufacturerCode(value);
  }

  /** Whether this is the wild card or equals {@code other}. */
  public boolean matches(ManufacturerCode other) {
    return value == WILD_CARD.value || value == other.value;
  }

  @Override
  public int compareTo(ManufacturerCode other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Width.hex(value, 4);
  }
}
