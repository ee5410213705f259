// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.Arrays;
import java.util.List;
import org.hanota.api.SeededRandom;

/** When a cell is down: its own outages, which are drawn, and those of its region. */
final class Downtime {
  private static final double UNIT = 0x1.0p-53;

  private final List<FleetRegion.Outage> region;
  private final long meanUp;
  private final long meanDown;
  private final SeededRandom random;
  private long[] from = new long[16];
  private long[] until = new long[16];
  private int known;
  private int over;
  private int taken;
  private long ownFrom;
  private long ownUntil;

  /**
   * Times in milliseconds.
   *
   * @param meanDown 0 for a cell that has no outages of its own
   */
  Downtime(List<FleetRegion.Outage> region, long meanUp, long meanDown, SeededRandom random) {
    this.region = region;
    this.meanUp = meanUp;
    this.meanDown = meanDown;
    this.random = random;
    own();
  }

  private void own() {
    if (meanDown == 0) {
      ownFrom = Long.MAX_VALUE;
      ownUntil = Long.MAX_VALUE;
    } else {
      ownFrom = ownUntil + span(meanUp);
      ownUntil = ownFrom + span(meanDown);
    }
  }

  private long span(long mean) {
    double uniform = ((random.nextLong() >>> 11) + 1) * UNIT;
    return 1 + (long) (-StrictMath.log(uniform) * mean);
  }

  /** Appends the one that begins next, together with those that begin before it has ended. */
  private void append() {
    long begins = Math.min(ownFrom, regionFrom());
    long ends = begins;
    while (begins != Long.MAX_VALUE && Math.min(ownFrom, regionFrom()) <= ends) {
      if (ownFrom <= regionFrom()) {
        ends = Math.max(ends, ownUntil);
        own();
      } else {
        ends = Math.max(ends, region.get(taken).endMillis());
        taken++;
      }
    }
    if (known == from.length) {
      from = Arrays.copyOf(from, 2 * known);
      until = Arrays.copyOf(until, 2 * known);
    }
    from[known] = begins;
    until[known] = begins == Long.MAX_VALUE ? begins : ends;
    known++;
  }

  private long regionFrom() {
    return taken < region.size() ? region.get(taken).atMillis() : Long.MAX_VALUE;
  }

  private long from(int index) {
    know(index);
    return from[index];
  }

  private long until(int index) {
    know(index);
    return until[index];
  }

  private void know(int index) {
    while (index >= known) {
      append();
    }
  }

  /**
   * When so much work ends that starts then and rests while the cell is down.
   *
   * @param start not before that of the last call
   */
  long finish(long start, long work) {
    while (until(over) <= start) {
      over++;
    }
    long now = start;
    long left = work;
    int next = over;
    while (now + left > from(next)) {
      left -= Math.max(0, from[next] - now);
      now = Math.max(now, until[next]);
      next++;
    }
    return now + left;
  }
}
