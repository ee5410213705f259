// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/** An image type; values from 0xFFC0 are reserved for standard meanings. [ZCL 11.4.2.6] */
public record ImageType(int value) implements Comparable<ImageType> {
  /** Stands for every value where a command allows it. */
  public static final ImageType WILD_CARD = new ImageType(0xFFFF);

  /**
   * @param value uint16
   */
  public ImageType {
    Width.uint16("imageType", value);
  }

  /** The same by its number, uint16. */
  public static ImageType of(int value) {
    return new ImageType(value);
  }

  /** Whether this is the wild card or equals {@code other}. */
  public boolean matches(ImageType other) {
    return value == WILD_CARD.value || value == other.value;
  }

  @Override
  public int compareTo(ImageType other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Width.hex(value, 4);
  }
}
