// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The senders that wait for a result of a frame of one stream, by the frame's sequence number. They
 * stand in ring buffers from {@code oldest} to {@code next}, since results come nearly in order.
 */
final class Unanswered {
  private static final int INITIAL = 64;

  private final int limit;
  private Outgoing.@Nullable Sender[] senders = new Outgoing.@Nullable Sender[INITIAL];
  private long[] sendIds = new long[INITIAL];
  private long oldest = 1;
  private long next = 1;
  private long takenSendId;

  /** What {@code next} was at each of the last sweeps. */
  private final long[] nextAtSweep = new long[Link.SWEEPS];

  private int sweeps;

  Unanswered(int limit) {
    this.limit = limit;
  }

  /** Whether another frame may be written. */
  boolean hasRoom() {
    return next - oldest < limit;
  }

  /** Gives the frame its sequence; {@code sender} is {@code null} for one that gets no result. */
  long add(Outgoing.@Nullable Sender sender, long sendId) {
    if (next - oldest == senders.length) {
      grow();
    }
    senders[index(next)] = sender;
    sendIds[index(next)] = sendId;
    long sequence = next++;
    if (sender == null) {
      skip();
    }
    return sequence;
  }

  /** Removes and returns the sender that waits for this frame; null if none does. */
  Outgoing.@Nullable Sender take(long sequence) {
    if (sequence < oldest || sequence >= next) {
      return null;
    }
    Outgoing.Sender sender = senders[index(sequence)];
    takenSendId = sendIds[index(sequence)];
    senders[index(sequence)] = null;
    skip();
    return sender;
  }

  /** The sender's number of the frame that was taken last. */
  long takenSendId() {
    return takenSendId;
  }

  /** Removes each frame that was already there {@link Link#SWEEPS} sweeps ago. */
  void sweep(List<Written> overdue) {
    takeUntil(nextAtSweep[sweeps], overdue);
    nextAtSweep[sweeps] = next;
    sweeps = (sweeps + 1) % nextAtSweep.length;
    skip();
  }

  /** Takes all and begins anew with sequence 1, as each stream does. */
  void takeAll(List<Written> all) {
    takeUntil(next, all);
    Arrays.fill(nextAtSweep, 0);
    oldest = 1;
    next = 1;
  }

  private void takeUntil(long end, List<Written> taken) {
    for (; oldest < end; oldest++) {
      Outgoing.Sender sender = senders[index(oldest)];
      if (sender != null) {
        taken.add(new Written(sender, sendIds[index(oldest)]));
        senders[index(oldest)] = null;
      }
    }
  }

  private void skip() {
    while (oldest < next && senders[index(oldest)] == null) {
      oldest++;
    }
  }

  private int index(long sequence) {
    return (int) sequence & (senders.length - 1);
  }

  private void grow() {
    Outgoing.@Nullable Sender[] before = senders;
    long[] idsBefore = sendIds;
    senders = new Outgoing.@Nullable Sender[2 * before.length];
    sendIds = new long[senders.length];
    for (long sequence = oldest; sequence < next; sequence++) {
      int from = (int) sequence & (before.length - 1);
      senders[index(sequence)] = before[from];
      sendIds[index(sequence)] = idsBefore[from];
    }
  }

  /** A frame without a result. */
  record Written(Outgoing.Sender sender, long sendId) {}
}
