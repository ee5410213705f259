// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.letter.LetterEffects;

/** What a machine of campaigns wants done in a dry run: it is collected, nothing goes out. */
final class DryRunEffects extends LetterEffects {
  private final List<CampaignOrder.Update> updates = new ArrayList<>();
  private final List<String> gates = new ArrayList<>();
  private long wakeAt = Long.MAX_VALUE;

  /** The requests since this was asked last. */
  List<CampaignOrder.Update> updates() {
    List<CampaignOrder.Update> found = List.copyOf(updates);
    updates.clear();
    return found;
  }

  /** The waves that came to their gate since this was asked last. */
  List<String> gates() {
    List<String> found = List.copyOf(gates);
    gates.clear();
    return found;
  }

  boolean hasMore() {
    return !updates.isEmpty() || !gates.isEmpty();
  }

  /** The time asked for last, on the clock of the day that was right at {@code start}. */
  long wakeUtcMillis(Now start) {
    return wakeAt == Long.MAX_VALUE
        ? wakeAt
        : start.utcMillis() + TimeUnit.NANOSECONDS.toMillis(wakeAt - start.monotonicNanos());
  }

  /** The time asked for has come: it is asked for anew, or there is nothing to wait for. */
  void woken() {
    wakeAt = Long.MAX_VALUE;
  }

  @Override
  public void wakeAt(long monotonicNanos) {
    wakeAt = monotonicNanos;
  }

  @Override
  public void toWan(ToWan what) {
    if (what instanceof CampaignOrder.Update update) {
      updates.add(update);
    }
  }

  @Override
  public void report(Event event) {
    if (event instanceof CampaignEvent.WaveMoved moved && moved.state() == GroupState.AT_GATE) {
      gates.add(moved.group());
    }
  }
}
