// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import org.hanota.api.machine.Now;

/**
 * What one node takes for the time: its oscillator is fast or slow, its time of day is off, stepped
 * or not set. The kernel alone knows the true time.
 */
public final class NodeClock {
  private static final long BILLION = 1_000_000_000L;

  /** Far more than any oscillator; an hour then takes 54 or 66 minutes. */
  private static final int DRIFT_MAXIMUM_PPB = 100_000_000;

  private final long driftPpb;
  private long utcAtZeroMillis;
  private boolean knowsUtc;
  private long shownFor = -1;
  private Now shown = new Now(0, Now.UTC_UNKNOWN);

  private NodeClock(long utcAtZeroMillis, boolean knowsUtc, long driftPpb) {
    if (Math.abs(driftPpb) > DRIFT_MAXIMUM_PPB) {
      throw new IllegalArgumentException(
          "driftPpb is "
              + driftPpb
              + (", allowed " + -DRIFT_MAXIMUM_PPB + " to " + DRIFT_MAXIMUM_PPB));
    }
    this.utcAtZeroMillis = utcAtZeroMillis;
    this.knowsUtc = knowsUtc;
    this.driftPpb = driftPpb;
  }

  /**
   * A clock that is set.
   *
   * @param utcAtZeroMillis the time of day that it shows at the start, in Unix milliseconds
   * @param driftPpb how much faster than true it is, in parts per billion; 20,000 is a usual
   *     crystal's 20 ppm
   */
  public static NodeClock set(long utcAtZeroMillis, long driftPpb) {
    return new NodeClock(utcAtZeroMillis, true, driftPpb);
  }

  /** A clock that shows no time of day. */
  public static NodeClock unset(long driftPpb) {
    return new NodeClock(0, false, driftPpb);
  }

  /** Whether it shows a time of day. */
  public boolean knowsUtc() {
    return knowsUtc;
  }

  /** Is set: shows {@code utcMillis} at the true time {@code nanos}. */
  public void correct(long nanos, long utcMillis) {
    utcAtZeroMillis = utcMillis - monotonicNanos(nanos) / 1_000_000;
    knowsUtc = true;
    shownFor = -1;
  }

  /** The time of day jumps; it must be set. */
  public void step(long millis) {
    if (!knowsUtc) {
      throw new IllegalStateException("a clock that is not set cannot be stepped");
    }
    utcAtZeroMillis += millis;
    shownFor = -1;
  }

  /** What it shows at the true time {@code nanos}. */
  public Now at(long nanos) {
    if (nanos != shownFor) {
      long monotonic = monotonicNanos(nanos);
      shown =
          new Now(monotonic, knowsUtc ? utcAtZeroMillis + monotonic / 1_000_000 : Now.UTC_UNKNOWN);
      shownFor = nanos;
    }
    return shown;
  }

  /** The first true time at which it shows {@code monotonicNanos}; never stays never. */
  public long trueNanos(long monotonicNanos) {
    if (driftPpb == 0 || monotonicNanos == Long.MAX_VALUE) {
      return monotonicNanos;
    }
    long rate = BILLION + driftPpb;
    long nanos = monotonicNanos / rate * BILLION + monotonicNanos % rate * BILLION / rate;
    while (monotonicNanos(nanos) < monotonicNanos) {
      nanos++;
    }
    while (nanos > 0 && monotonicNanos(nanos - 1) >= monotonicNanos) {
      nanos--;
    }
    return nanos;
  }

  private long monotonicNanos(long nanos) {
    return nanos + nanos / BILLION * driftPpb + Math.floorDiv(nanos % BILLION * driftPpb, BILLION);
  }
}
