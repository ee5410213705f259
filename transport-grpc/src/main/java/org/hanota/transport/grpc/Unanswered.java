// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one stream that were written and have no result yet, by their sequence. A ring: the
 * oldest is at {@code oldest}, and results come nearly in order.
 */
final class Unanswered {
  private static final int INITIAL = 64;

  private final int limit;
  private @Nullable Outgoing[] ring = new Outgoing[INITIAL];
  private long oldest = 1;
  private long next = 1;

  Unanswered(int limit) {
    this.limit = limit;
  }

  /** Whether another frame may be written. */
  boolean hasRoom() {
    return next - oldest < limit;
  }

  /** Gives the frame its sequence; {@code null} for one that gets no result. */
  long add(@Nullable Outgoing outgoing) {
    if (next - oldest == ring.length) {
      grow();
    }
    ring[index(next)] = outgoing;
    long sequence = next++;
    if (outgoing == null) {
      skip();
    }
    return sequence;
  }

  /** The frame with that sequence, which is then no longer here; null if it is not. */
  @Nullable Outgoing take(long sequence) {
    if (sequence < oldest || sequence >= next) {
      return null;
    }
    Outgoing outgoing = ring[index(sequence)];
    ring[index(sequence)] = null;
    skip();
    return outgoing;
  }

  /** Takes every frame whose deadline has passed; deadlines grow with the sequence. */
  void takeOverdue(long nowNanos, List<Outgoing> overdue) {
    while (oldest < next) {
      Outgoing first = ring[index(oldest)];
      if (first != null) {
        if (first.deadlineNanos - nowNanos > 0) {
          return;
        }
        overdue.add(first);
        ring[index(oldest)] = null;
      }
      oldest++;
    }
  }

  /** Takes all and begins anew with sequence 1, as each stream does. */
  void takeAll(List<Outgoing> all) {
    for (long sequence = oldest; sequence < next; sequence++) {
      Outgoing outgoing = ring[index(sequence)];
      if (outgoing != null) {
        all.add(outgoing);
      }
    }
    Arrays.fill(ring, null);
    oldest = 1;
    next = 1;
  }

  private void skip() {
    while (oldest < next && ring[index(oldest)] == null) {
      oldest++;
    }
  }

  private int index(long sequence) {
    return (int) sequence & (ring.length - 1);
  }

  private void grow() {
    @Nullable Outgoing[] larger = new Outgoing[2 * ring.length];
    for (long sequence = oldest; sequence < next; sequence++) {
      larger[(int) sequence & (larger.length - 1)] = ring[index(sequence)];
    }
    ring = larger;
  }
}
