// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/** A hardware version: version in the high octet, revision in the low one. [ZCL 11.4.2.13] */
public record HardwareVersion(int value) implements Comparable<HardwareVersion> {
  /**
   * @param value uint16
   */
  public HardwareVersion {
    Width.uint16("hardwareVersion", value);
  }

  /** The same by its number, uint16. */
  public static HardwareVersion of(int value) {
    return new HardwareVersion(value);
  }

  @Override
  public int compareTo(HardwareVersion other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Width.hex(value, 4);
  }
}
