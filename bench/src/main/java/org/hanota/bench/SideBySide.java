// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Measures two ways of doing one thing in turns, so that what else the machine does hits both, and
 * compares their medians.
 */
public final class SideBySide {
  private static final int ROUNDS = 7;
  private static final int WARM_ROUNDS = 4;
  private static final long ROUND_NANOS = 300_000_000L;

  private SideBySide() {}

  /** Something to measure; does it {@code times} times and returns what it made, lest it vanish. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    long run(int times);
  }

  /**
   * One comparison.
   *
   * @param id the target's id
   * @param what the unit that was counted
   * @param oursPerSecond median of ours
   * @param peer the peer's name
   * @param peerPerSecond median of the peer's
   */
  public record Result(
      String id, String what, double oursPerSecond, String peer, double peerPerSecond) {
    /** How many times the peer's speed ours is. */
    public double ratio() {
      return oursPerSecond / peerPerSecond;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-4s %-46s hanota %,14.0f/s  %-34s %,14.0f/s  ratio %.2f",
          id,
          what,
          oursPerSecond,
          peer,
          peerPerSecond,
          ratio());
    }
  }

  /** Warms both up, then measures them in turns. */
  public static Result compare(String id, String what, Work ours, String peer, Work theirs) {
    int oursBatch = batch(ours);
    int theirsBatch = batch(theirs);
    double[] a = new double[ROUNDS];
    double[] b = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      a[i] = perSecond(ours, oursBatch);
      b[i] = perSecond(theirs, theirsBatch);
    }
    return new Result(id, what, median(a), peer, median(b));
  }

  /** As the other, with rounds of that many, for work that needs many at once to be itself. */
  public static Result compare(
      String id, String what, Work ours, String peer, Work theirs, int times) {
    double[] a = new double[ROUNDS];
    double[] b = new double[ROUNDS];
    for (int i = -WARM_ROUNDS; i < ROUNDS; i++) {
      double oursNow = perSecond(ours, times);
      double theirsNow = perSecond(theirs, times);
      if (i >= 0) {
        a[i] = oursNow;
        b[i] = theirsNow;
      }
    }
    return new Result(id, what, median(a), peer, median(b));
  }

  /** Per second, the median of several rounds after warming up. */
  public static double perSecond(Work work) {
    int batch = batch(work);
    double[] rounds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = perSecond(work, batch);
    }
    return median(rounds);
  }

  /** Enough repetitions to fill a round, found by doubling, which also warms up. */
  private static int batch(Work work) {
    int times = 1;
    long elapsed = 0;
    for (int warm = 0; warm < 3 || elapsed < ROUND_NANOS; warm++) {
      long start = System.nanoTime();
      sink = work.run(times);
      elapsed = System.nanoTime() - start;
      if (elapsed < ROUND_NANOS && times < 1 << 29) {
        times *= 2;
      }
    }
    return times;
  }

  private static double perSecond(Work work, int times) {
    long start = System.nanoTime();
    sink = work.run(times);
    return times * 1e9 / (System.nanoTime() - start);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Keeps results alive. */
  @SuppressWarnings("NonFinalStaticField")
  private static volatile long sink;

  /** What was kept; read by nobody who cares. */
  public static long sink() {
    return sink;
  }
}
