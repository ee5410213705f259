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

  /** Time of day from one clock, time for timers from another. */
  static TimeSource of(InstantSource utc, LongSupplier monotonicNanos) {
    return () -> new Now(monotonicNanos.getAsLong(), utc.millis());
  }
}
