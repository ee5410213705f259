// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.transport.FairTurns;
import org.hanota.api.transport.Frame;

/**
 * Messages that came and wait for the hub or device. The nodes take turns, and each may have only
 * so many that wait: one that talks without end gets what the others leave.
 */
final class Inbox {
  /** A node waits for an answer before it asks again; more is a repetition or a fault. */
  private static final int WAITING_PER_NODE = 8;

  /** What a node lost is told at once, then summed for so long. */
  private static final long REPORT_NANOS = 60_000_000_000L;

  private final LongSupplier clock;
  private final Consumer<StickEvent> report;
  private final Map<Eui64, Long> lost = new TreeMap<>();
  private FairTurns<Eui64, Frame> waiting = new FairTurns<>(WAITING_PER_NODE);
  private long reportAt = Long.MAX_VALUE;

  /**
   * @param report hears of messages that were lost
   */
  Inbox(LongSupplier clock, Consumer<StickEvent> report) {
    this.clock = clock;
    this.report = report;
  }

  /** A message came. */
  void add(Frame frame) {
    Eui64 node = frame.source().address();
    if (waiting.offer(node, frame)) {
      return;
    }
    if (reportAt == Long.MAX_VALUE) {
      reportAt = clock.getAsLong() + REPORT_NANOS;
    }
    if (lost.putIfAbsent(node, 0L) == null) {
      report.accept(new StickEvent.Crowded(node, 1));
    } else {
      lost.merge(node, 1L, Long::sum);
    }
  }

  /** The message whose turn it is. */
  Optional<Frame> next() {
    return waiting.next();
  }

  /** Tells what was lost since it was told last. */
  void timer() {
    if (clock.getAsLong() < reportAt) {
      return;
    }
    lost.forEach(
        (node, count) -> {
          if (count > 0) {
            report.accept(new StickEvent.Crowded(node, count));
          }
        });
    lost.clear();
    reportAt = Long.MAX_VALUE;
  }

  /** When something is to be done: now, while a message waits. */
  long deadline() {
    return waiting.size() > 0 ? clock.getAsLong() : reportAt;
  }

  /** Forgets what waits: the stick starts anew. */
  void clear() {
    waiting = new FairTurns<>(WAITING_PER_NODE);
  }
}
