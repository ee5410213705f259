// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.letter.LetterEffects;

/** What one machine within another wants done: it waits until all is kept. */
final class GatheredEffects extends LetterEffects {
  private final List<ToWan> toWan = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private long wakeAt = Long.MAX_VALUE;

  /** What it handed over since this was asked last. */
  List<ToWan> takeToWan() {
    List<ToWan> all = List.copyOf(toWan);
    toWan.clear();
    return all;
  }

  /** What it reported since this was asked last. */
  List<Event> takeEvents() {
    List<Event> all = List.copyOf(events);
    events.clear();
    return all;
  }

  /** When it wants to be woken; the largest number for never. */
  long wakeAt() {
    return wakeAt;
  }

  /** Whether it is to be woken now; it is not a second time. */
  boolean isDue(long monotonicNanos) {
    boolean isDue = wakeAt <= monotonicNanos;
    if (isDue) {
      wakeAt = Long.MAX_VALUE;
    }
    return isDue;
  }

  @Override
  public void wakeAt(long monotonicNanos) {
    wakeAt = monotonicNanos;
  }

  @Override
  public void toWan(ToWan what) {
    toWan.add(what);
  }

  @Override
  public void report(Event event) {
    events.add(event);
  }
}
