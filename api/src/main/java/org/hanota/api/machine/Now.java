// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.OptionalLong;

/**
 * The time of a call. Timers use the monotonic time, activation uses UTC.
 *
 * @param monotonicNanos nanoseconds since a moment that stays the same until the node restarts
 * @param utcMillis Unix time in milliseconds, or {@link #UTC_UNKNOWN}
 */
public record Now(long monotonicNanos, long utcMillis) {
  /** The node has no clock, or it was not set yet. */
  public static final long UTC_UNKNOWN = Long.MIN_VALUE;

  /** More milliseconds than these are more nanoseconds than a number can hold. */
  private static final long MILLIS_MAX = Long.MAX_VALUE / 1_000_000;

  /** Whether the node knows the time of day. */
  public boolean knowsUtc() {
    return utcMillis != UTC_UNKNOWN;
  }

  /** What the clock shows, whether it is to be trusted or not; empty while it is not set. */
  public OptionalLong shownUtcMillis() {
    return knowsUtc() ? OptionalLong.of(utcMillis) : OptionalLong.empty();
  }

  /**
   * The monotonic time {@code millis} milliseconds from now; {@link Long#MAX_VALUE}, which is
   * never, beyond some centuries.
   */
  public long plusMillis(long millis) {
    if (millis > MILLIS_MAX) {
      return Long.MAX_VALUE;
    }
    long nanos = Math.max(-MILLIS_MAX, millis) * 1_000_000;
    long sum = monotonicNanos + nanos;
    boolean overflows = nanos > 0 && sum < monotonicNanos;
    return overflows ? Long.MAX_VALUE : sum;
  }
}
