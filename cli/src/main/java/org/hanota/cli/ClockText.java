// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.time.Instant;

/** What people read of a clock that is doubted, a hub's or a device's. */
public final class ClockText {
  private ClockText() {}

  /** A doubt has begun. */
  public static String doubted(long shownUtcMillis) {
    return "the clock shows "
        + Instant.ofEpochMilli(shownUtcMillis)
        + ", which is doubted; it brings nothing forward until it is confirmed";
  }

  /** A doubt is over. */
  public static String trusted(long utcMillis) {
    return "the clock is trusted again at " + Instant.ofEpochMilli(utcMillis);
  }
}
