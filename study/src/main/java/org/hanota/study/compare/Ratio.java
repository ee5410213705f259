// SPDX-License-Identifier: Apache-2.0
package org.hanota.study.compare;

import java.util.Arrays;

/**
 * A sum over another, as seconds over devices, of which the sums of some parts are known. Parts are
 * independent of each other, what is within a part is not: homes of a cell wait for each other.
 */
public final class Ratio {
  private final long[] sums;
  private final long[] counts;
  private final double value;
  private final double meanCount;

  private Ratio(long[] sums, long[] counts) {
    this.sums = sums;
    this.counts = counts;
    double all = Arrays.stream(counts).sum();
    this.value = Arrays.stream(sums).sum() / all;
    this.meanCount = all / counts.length;
  }

  /**
   * Of the sums of each part.
   *
   * @param counts as many; those parts whose count is 0 are left out
   * @throws IllegalArgumentException if the numbers of both differ
   */
  public static Ratio of(long[] sums, long[] counts) {
    if (sums.length != counts.length) {
      throw new IllegalArgumentException(
          "counts are " + counts.length + ", allowed " + sums.length + " as the sums");
    }
    int parts = 0;
    long[] someSums = new long[sums.length];
    long[] someCounts = new long[sums.length];
    for (int i = 0; i < sums.length; i++) {
      if (counts[i] > 0) {
        someSums[parts] = sums[i];
        someCounts[parts] = counts[i];
        parts++;
      }
    }
    return new Ratio(Arrays.copyOf(someSums, parts), Arrays.copyOf(someCounts, parts));
  }

  /** The ratio; not a number if no part counts anything. */
  public double value() {
    return value;
  }

  /** Parts that count something. */
  public int parts() {
    return counts.length;
  }

  /** Whether the parts of both count the same: they are of the same homes. */
  boolean pairsWith(Ratio other) {
    return Arrays.equals(counts, other.counts);
  }

  /** By how much a part moves the ratio, times the number of parts. */
  double residual(int part) {
    return (sums[part] - value * counts[part]) / meanCount;
  }
}
