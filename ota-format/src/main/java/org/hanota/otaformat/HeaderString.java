// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.nio.charset.StandardCharsets;
import org.hanota.api.Octets;

/**
 * The manufacturer's text in the header: 32 octets, meant to be printable ASCII ended by NUL, found
 * in the field without NUL or with other octets. [ZCL 11.4.2.9]
 *
 * @param octets all 32, as they stand in the file
 */
public record HeaderString(Octets octets) {
  /** Octets of the field. */
  public static final int LENGTH = 32;

  /** No text. */
  public static final HeaderString EMPTY = of("");

  /** Checks the length. */
  public HeaderString {
    if (octets.length() != LENGTH) {
      throw new IllegalArgumentException(
          "headerString has " + octets.length() + " octets, allowed " + LENGTH);
    }
  }

  /**
   * {@code text} filled up with NUL.
   *
   * @throws IllegalArgumentException if it is longer than 31 characters or not printable ASCII
   */
  public static HeaderString of(String text) {
    if (text.length() >= LENGTH || !text.chars().allMatch(HeaderString::isPrintable)) {
      throw new IllegalArgumentException(
          "headerString is \"" + text + "\", allowed at most 31 printable ASCII characters");
    }
    byte[] field = new byte[LENGTH];
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, field, 0, ascii.length);
    return new HeaderString(Octets.wrap(field));
  }

  /** The characters before the first NUL; an octet that is not printable ASCII shows as '.'. */
  public String text() {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < textLength(); i++) {
      int octet = octets.at(i);
      text.append(isPrintable(octet) ? (char) octet : '.');
    }
    return text.toString();
  }

  /** Whether a NUL ends the text, as the standard wants it. */
  public boolean isTerminated() {
    return textLength() < LENGTH;
  }

  /** Whether every octet before the first NUL is printable ASCII. */
  public boolean isAscii() {
    for (int i = 0; i < textLength(); i++) {
      if (!isPrintable(octets.at(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text();
  }

  private int textLength() {
    int length = 0;
    while (length < LENGTH && octets.at(length) != 0) {
      length++;
    }
    return length;
  }

  private static boolean isPrintable(int octet) {
    return octet >= 0x20 && octet < 0x7F;
  }
}
