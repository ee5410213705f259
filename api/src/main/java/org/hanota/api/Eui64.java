// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/** An IEEE EUI-64; written here most significant octet first. */
public record Eui64(long value) implements Comparable<Eui64> {
  /** All ones: the value of UpgradeServerID before a server is known. [ZCL 11.10.1] */
  public static final Eui64 UNKNOWN = new Eui64(-1L);

  /** The same by its number; {@link #parse} takes what people write. */
  public static Eui64 of(long value) {
    return new Eui64(value);
  }

  /**
   * Reads sixteen hexadecimal digits, plain or with a dash or colon between octets.
   *
   * @throws FormatException if {@code text} is anything else
   */
  public static Eui64 parse(String text) {
    String digits =
        text.matches("(?i)[0-9a-f]{2}([:-][0-9a-f]{2}){7}") ? text.replaceAll("[:-]", "") : text;
    if (!digits.matches("(?i)[0-9a-f]{16}")) {
      throw new FormatException(
          "EUI-64", 0, "\"" + text + "\"", "16 hexadecimal digits, as in 00DB1234567890A0");
    }
    return new Eui64(Long.parseUnsignedLong(digits, 16));
  }

  /** Eight octets, most significant first. */
  public Octets octets() {
    return new OctetWriter(Long.BYTES).int64be(value).view();
  }

  @Override
  public int compareTo(Eui64 other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return Width.hex(value, 16);
  }
}
