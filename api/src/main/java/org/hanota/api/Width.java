// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import java.util.HexFormat;

/** Checks that a caller's number fits the unsigned width that the standard gives its field. */
public final class Width {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Largest uint8. */
  public static final int UINT8_MAX = 0xFF;

  /** Largest uint16. */
  public static final int UINT16_MAX = 0xFFFF;

  /** Largest uint24. */
  public static final int UINT24_MAX = 0xFF_FFFF;

  /** Largest uint32. */
  public static final long UINT32_MAX = 0xFFFF_FFFFL;

  private Width() {}

  /** Returns {@code value} if it is an unsigned 8-bit number. */
  public static int uint8(String name, int value) {
    return (int) range(name, value, 0, UINT8_MAX);
  }

  /** Returns {@code value} if it is an unsigned 16-bit number. */
  public static int uint16(String name, int value) {
    return (int) range(name, value, 0, UINT16_MAX);
  }

  /** Returns {@code value} if it is an unsigned 32-bit number. */
  public static long uint32(String name, long value) {
    return range(name, value, 0, UINT32_MAX);
  }

  /** Returns {@code value} if it lies in {@code minimum..maximum}. */
  public static long range(String name, long value, long minimum, long maximum) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed " + minimum + " to " + maximum);
    }
    return value;
  }

  /** {@code value} as upper-case hexadecimal with {@code digits} digits, without a prefix. */
  public static String hex(long value, int digits) {
    return HEX.toHexDigits(value, digits);
  }
}
