// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.OptionalInt;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;

/**
 * The MinimumBlockPeriod that a device is given, in its own unit: one that comes back only after so
 * many seconds, and not milliseconds, counts seconds. [ZCL 11.5.3]
 */
public final class BlockPeriod {
  /** A device that keeps its own period although it was told so often is served all the same. */
  private static final int CORRECTIONS_MAX = 3;

  private static final long NONE = Long.MIN_VALUE;

  private int given;

  /** When it was given; {@link #NONE} once the device has come back. */
  private long givenNanos = NONE;

  private boolean countsSeconds;
  private int corrections;

  BlockPeriod() {}

  /**
   * What to tell a device that says it keeps {@code says}; empty if it is served now.
   *
   * @param wantedMs the period that the hub wants
   */
  public OptionalInt correction(Now now, int says, int wantedMs) {
    if (given > 0 && givenNanos != NONE && says == given && isSeconds(now)) {
      countsSeconds = true;
    }
    givenNanos = NONE;
    int wanted = countsSeconds ? (wantedMs + 999) / 1000 : wantedMs;
    if (says == wanted) {
      corrections = 0;
      return OptionalInt.empty();
    }
    if (corrections == CORRECTIONS_MAX) {
      return OptionalInt.empty();
    }
    corrections++;
    given = wanted;
    givenNanos = now.monotonicNanos();
    return OptionalInt.of(wanted);
  }

  /** Whether the device came back so late as if it counted seconds; an eighth may be missing. */
  private boolean isSeconds(Now now) {
    long elapsedMs = (now.monotonicNanos() - givenNanos) / 1_000_000;
    return elapsedMs >= given * 875L;
  }

  /** Writes what decides what happens next. */
  void describe(StateWriter out) {
    out.put("period given", given)
        .putNanos("period given at", givenNanos)
        .put("counts seconds", countsSeconds)
        .put("corrections", corrections);
  }
}
