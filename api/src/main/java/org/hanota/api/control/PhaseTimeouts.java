// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * How long the phases of an update may take. What runs out ends the update as EXPIRED, by the name
 * of its phase. An offer names those in which its image differs from others.
 *
 * @param millis the time for each phase that is named, from 1 to {@link #LONGEST_MS}
 */
public record PhaseTimeouts(Map<Timed, Long> millis) {
  /** Ten years: longer than any device waits, and far from where nanoseconds end. */
  public static final long LONGEST_MS = 3_653L * 24 * 3_600_000;

  /** None: all as the hub has them. */
  public static final PhaseTimeouts NONE = new PhaseTimeouts(Map.of());

  /** What is limited in time. */
  public enum Timed {
    /** From the offer until the device has verified the image, whatever happens. */
    HOLDING,
    /** From the first notification, or the last query, until the first block. */
    QUERYING,
    /** Without a request for a block: only silence counts. */
    TRANSFERRING,
    /** From the last block until the device tells how its checks ended. */
    VERIFYING,
    /** From there until something tells the device to run the image. */
    WAITING,
    /** From the time at which the image shall run until the device queries with its version. */
    ACTIVATING;

    /** Its name for people. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Keeps a copy and checks that nothing takes less than no time. */
  public PhaseTimeouts {
    EnumMap<Timed, Long> copy = new EnumMap<>(Timed.class);
    copy.putAll(millis);
    copy.forEach(
        (timed, value) -> {
          if (value < 1 || value > LONGEST_MS) {
            throw new IllegalArgumentException(
                "time-out for "
                    + timed.word()
                    + " is "
                    + value
                    + " ms, allowed 1 to "
                    + LONGEST_MS);
          }
        });
    millis = Collections.unmodifiableMap(copy);
  }

  /** The same with another time for one of them. */
  public PhaseTimeouts with(Timed timed, long valueMs) {
    EnumMap<Timed, Long> changed = new EnumMap<>(Timed.class);
    changed.putAll(millis);
    changed.put(timed, valueMs);
    return new PhaseTimeouts(changed);
  }

  /** The time in milliseconds, or that of {@code others} where this one names none. */
  public long millis(Timed timed, PhaseTimeouts others) {
    Long own = millis.get(timed);
    Long other = own == null ? others.millis.get(timed) : own;
    if (other == null) {
      throw new IllegalArgumentException("no time-out for " + timed.word());
    }
    return other;
  }
}
