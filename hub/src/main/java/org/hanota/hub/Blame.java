// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * How often a device failed in a row with a file that it had whole.
 *
 * @param sha256 of the file
 * @param times uint8; what happened more often than it can say is not counted
 */
public record Blame(Octets sha256, int times) {
  /** Checks the width of the number. */
  public Blame {
    Width.range("times", times, 1, TIMES_MAX);
  }

  private static final int TIMES_MAX = 255; // uint8

  /** Whether the file is this one. */
  boolean isFor(StoredImage stored) {
    return stored.sha256().equals(sha256);
  }

  Blame again() {
    return new Blame(sha256, Math.min(times + 1, TIMES_MAX));
  }
}
