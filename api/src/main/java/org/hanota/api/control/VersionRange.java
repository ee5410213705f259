// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import org.hanota.api.FileVersion;

/**
 * File versions, both ends included.
 *
 * @param minimum the lowest
 * @param maximum the highest
 */
public record VersionRange(FileVersion minimum, FileVersion maximum) {
  /** Checks that there is one in it. */
  public VersionRange {
    if (minimum.compareTo(maximum) > 0) {
      throw new IllegalArgumentException(
          "versions are from " + minimum + " to " + maximum + ", allowed from the lower one");
    }
  }

  /** Whether {@code version} is from the lowest to the highest version, both included. */
  public boolean contains(FileVersion version) {
    return minimum.compareTo(version) <= 0 && version.compareTo(maximum) <= 0;
  }

  @Override
  public String toString() {
    return minimum.equals(maximum) ? minimum.toString() : minimum + " to " + maximum;
  }
}
