// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import org.hanota.api.SeededRandom;

/**
 * What a link loses, begun anew at will with the first thing that goes wrong given: so nothing need
 * be simulated until something does.
 */
final class PairFading implements ExchangePair.Fading {
  private static final double UNIT = 0x1.0p-53;

  private final LinkQuality quality;
  private final SeededRandom random;
  private final boolean[] isBad = new boolean[2];
  private final long[] untilNanos = new long[2];

  /** Signals that come through before the next is lost; none is forced if it is negative. */
  private long wholeBefore = -1;

  PairFading(LinkQuality quality, SeededRandom random) {
    this.quality = quality;
    this.random = random;
    untilNanos[0] = Long.MAX_VALUE;
    untilNanos[1] = Long.MAX_VALUE;
  }

  /** From now on nothing goes wrong. */
  void rest() {
    wholeBefore = Long.MAX_VALUE;
    for (int i = 0; i < isBad.length; i++) {
      isBad[i] = false;
      untilNanos[i] = Long.MAX_VALUE;
    }
  }

  /** So many signals come through, the next one is lost, and what follows is drawn. */
  void loseAfter(long now, long signals) {
    wholeBefore = signals;
    good(now);
  }

  /** A direction becomes bad then, and what follows is drawn. */
  void becomesBad(long now, int direction, long at) {
    wholeBefore = -1;
    good(now);
    untilNanos[direction] = at;
  }

  /** A direction is in a bad time, and so may the other be; what follows is drawn. */
  void isBad(long now, double badShare) {
    wholeBefore = -1;
    do {
      for (int i = 0; i < isBad.length; i++) {
        isBad[i] = random.chance(badShare);
        untilNanos[i] = dwell(now, isBad[i]);
      }
    } while (!isBad[0] && !isBad[1]);
  }

  private void good(long now) {
    for (int i = 0; i < isBad.length; i++) {
      isBad[i] = false;
      untilNanos[i] = quality.bursts().isEmpty() ? Long.MAX_VALUE : dwell(now, false);
    }
  }

  /** Whether no direction is in a bad time then. */
  boolean isGood(long nanos) {
    move(nanos, 0);
    move(nanos, 1);
    return !isBad[0] && !isBad[1];
  }

  private long dwell(long from, boolean bad) {
    LinkQuality.Bursts bursts = quality.bursts().orElseThrow();
    double uniform = (random.nextLong() >>> 11) * UNIT;
    long mean = bad ? bursts.badNanos() : bursts.goodNanos();
    return from + 1 + (long) (-StrictMath.log(1 - uniform) * mean);
  }

  private void move(long nanos, int direction) {
    while (nanos >= untilNanos[direction]) {
      isBad[direction] = !isBad[direction];
      untilNanos[direction] = dwell(untilNanos[direction], isBad[direction]);
    }
  }

  @Override
  public boolean loses(long nanos, int from) {
    move(nanos, from);
    if (wholeBefore == 0) {
      wholeBefore = -1;
      return true;
    } else if (wholeBefore > 0) {
      wholeBefore--;
      return false;
    }
    return random.chance(isBad[from] ? quality.bursts().orElseThrow().loss() : quality.loss());
  }
}
