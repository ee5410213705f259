// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.HardwareVersion;

/**
 * The hardware that an image is for, both ends included. [ZCL 11.4.2.13]
 *
 * @param minimum lowest hardware version
 * @param maximum highest hardware version; a file may put it below the minimum, and then the range
 *     holds nothing
 */
public record HardwareVersionRange(HardwareVersion minimum, HardwareVersion maximum) {
  /** A range from two uint16. */
  public static HardwareVersionRange of(int minimum, int maximum) {
    return new HardwareVersionRange(new HardwareVersion(minimum), new HardwareVersion(maximum));
  }

  /** Whether an image with this range may run on {@code version}. */
  public boolean contains(HardwareVersion version) {
    return minimum.compareTo(version) <= 0 && version.compareTo(maximum) <= 0;
  }

  /** What both hold. */
  public HardwareVersionRange within(HardwareVersionRange other) {
    return new HardwareVersionRange(
        minimum.compareTo(other.minimum) < 0 ? other.minimum : minimum,
        maximum.compareTo(other.maximum) > 0 ? other.maximum : maximum);
  }

  /** Whether any hardware version lies within. */
  public boolean isEmpty() {
    return minimum.compareTo(maximum) > 0;
  }

  @Override
  public String toString() {
    return minimum + ".." + maximum;
  }
}
