// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

/**
 * Amounts over a time whose length is not known beforehand, in a bounded number of equal spans:
 * when there are too many, each two become one.
 */
public final class Buckets {
  /** A point for each two or three pixels of a chart. */
  static final int MOST = 512;

  private static final long FIRST_WIDTH_NANOS = 100_000_000;

  private final long[] amounts = new long[MOST];
  private long widthNanos = FIRST_WIDTH_NANOS;

  /** Nothing yet. */
  public Buckets() {}

  /** Adds an amount at a time. */
  public void add(long nanos, long amount) {
    while (nanos / widthNanos >= MOST) {
      widen();
    }
    amounts[(int) (nanos / widthNanos)] += amount;
  }

  private void widen() {
    for (int i = 0; i < MOST; i++) {
      int first = 2 * i;
      amounts[i] = first < MOST ? amounts[first] + amounts[first + 1] : 0;
    }
    widthNanos *= 2;
  }

  /** How long a span is. */
  public long widthNanos() {
    return widthNanos;
  }

  /** Makes the spans at least so long, so that they fit those of another. */
  public void widenTo(long nanos) {
    while (widthNanos < nanos) {
      widen();
    }
  }

  /** How many spans there are up to the last one with an amount. */
  public int used() {
    int used = MOST;
    while (used > 0 && amounts[used - 1] == 0) {
      used--;
    }
    return used;
  }

  /** The amount in a span. */
  public long at(int span) {
    return amounts[span];
  }
}
