// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.OptionalLong;

/**
 * How fast a transfer went lately. Whoever keeps it marks every new percent; the estimate looks
 * back over the last few marks, so that a slow beginning or a rest is soon forgotten.
 */
public final class TransferPace {
  /** The estimate looks back over this many marks. */
  private static final int WINDOW = 8;

  private final long[] nanos = new long[WINDOW];

  /** A uint32 each: a hub keeps them for every transfer. */
  private final int[] positions = new int[WINDOW];

  private int marks;

  /** Measures a transfer from this time and this position on. */
  public TransferPace(Now now, long position) {
    mark(now, position);
  }

  /** The transfer has come so far; at an earlier position than before the estimate begins anew. */
  public void mark(Now now, long position) {
    if (marks > 0 && position <= position((marks - 1) % WINDOW)) {
      marks = 0;
    }
    nanos[marks % WINDOW] = now.monotonicNanos();
    positions[marks % WINDOW] = (int) position;
    marks++;
  }

  /** Time left for so many octets more at the speed of the last marks; empty before the second. */
  public OptionalLong remainingMillis(long octetsLeft) {
    int last = (marks - 1) % WINDOW;
    int first = marks > WINDOW ? marks % WINDOW : 0;
    long octets = position(last) - position(first);
    if (octets <= 0) {
      return OptionalLong.empty();
    }
    long millis = (nanos[last] - nanos[first]) / 1_000_000;
    return OptionalLong.of(octetsLeft * millis / octets);
  }

  private long position(int mark) {
    return Integer.toUnsignedLong(positions[mark]);
  }
}
