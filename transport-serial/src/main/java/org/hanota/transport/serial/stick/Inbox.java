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
  private final LongSupplier clock;
  private final Consumer<StickEvent> report;
  private final Map<Eui64, Long> lost = new TreeMap<>();
  private final StickLimits limits;
  private FairTurns<Eui64, Frame> waiting;
  private long reportAt = Long.MAX_VALUE;

  /**
   * @param report hears of messages that were lost
   */
  Inbox(LongSupplier clock, StickLimits limits, Consumer<StickEvent> report) {
    this.clock = clock;
    this.limits = limits;
    this.report = report;
    this.waiting = empty();
  }

  private FairTurns<Eui64, Frame> empty() {
    return new FairTurns<>(limits.count(StickParameter.INBOX));
  }

  /** A message came. */
  void add(Frame frame) {
    Eui64 node = frame.source().address();
    if (waiting.offer(node, frame)) {
      return;
    }
    if (reportAt == Long.MAX_VALUE) {
      reportAt = clock.getAsLong() + limits.nanos(StickParameter.LOSS_REPORT);
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
    waiting = empty();
  }
}
