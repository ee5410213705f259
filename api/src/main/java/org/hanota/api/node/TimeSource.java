// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.hanota.api.machine.Now;

/** Says what time it is. */
@FunctionalInterface
public interface TimeSource {
  /** Now. */
  Now now();

  /**
   * Clocks without a battery begin in 1970, 2000 or when their system was built: one before
   * 2020-01-01T00:00:00Z was not set yet.
   */
  long PLAUSIBLE_FROM_MILLIS = 1_577_836_800_000L;

  /**
   * Time of day from one clock, unknown while that shows less than {@link #PLAUSIBLE_FROM_MILLIS};
   * time for timers from another.
   */
  static TimeSource of(InstantSource utc, LongSupplier monotonicNanos) {
    return () -> {
      long millis = utc.millis();
      return new Now(
          monotonicNanos.getAsLong(), millis < PLAUSIBLE_FROM_MILLIS ? Now.UTC_UNKNOWN : millis);
    };
  }
}
