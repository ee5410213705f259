// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Width;

/**
 * An attribute's value: all that the project's clusters need fit 64 bits.
 *
 * @param type its ZCL data type
 * @param value the bits, unsigned
 */
public record AttributeValue(DataType type, long value) {
  /** The ZCL data types in use. [ZCL 2.6.2] */
  public enum DataType {
    /** bitmap32. */
    BITMAP32(0x1B, 4),
    /** uint8. */
    UINT8(0x20, 1),
    /** uint16. */
    UINT16(0x21, 2),
    /** uint32. */
    UINT32(0x23, 4),
    /** enum8. */
    ENUM8(0x30, 1),
    /** UTC time. */
    UTC_TIME(0xE2, 4),
    /** IEEE address. */
    EUI64(0xF0, 8);

    private final int id;
    private final int octets;

    DataType(int id, int octets) {
      this.id = id;
      this.octets = octets;
    }

    /** The type's identifier on the wire. */
    public int id() {
      return id;
    }

    /** Octets of a value. */
    public int octets() {
      return octets;
    }

    /** The type with this identifier. */
    public static Optional<DataType> of(int id) {
      for (DataType type : values()) {
        if (type.id == id) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  /** Checks that the bits fit the type. */
  public AttributeValue {
    if (type.octets() < Long.BYTES && value >>> (type.octets() * 8) != 0) {
      throw new IllegalArgumentException(
          "value is 0x" + Long.toHexString(value) + ", allowed " + type.octets() + " octets");
    }
  }

  /** A uint16. */
  public static AttributeValue uint16(int value) {
    return new AttributeValue(DataType.UINT16, Width.uint16("value", value));
  }

  /** A uint32. */
  public static AttributeValue uint32(long value) {
    return new AttributeValue(DataType.UINT32, Width.uint32("value", value));
  }

  /** An enum8. */
  public static AttributeValue enum8(int value) {
    return new AttributeValue(DataType.ENUM8, Width.uint8("value", value));
  }

  /** An IEEE address. */
  public static AttributeValue eui64(Eui64 value) {
    return new AttributeValue(DataType.EUI64, value.value());
  }
}
