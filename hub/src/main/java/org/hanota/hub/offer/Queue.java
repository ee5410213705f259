// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.offer;

import java.util.Comparator;
import java.util.TreeSet;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.hub.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * Slots for concurrent transfers, and who waits for one: by priority, then by turn. Who has a slot
 * and makes no progress gives it to one who waits, and goes behind all others. [hanota H20]
 */
public final class Queue {
  /** Updates without an offer come after those with one. */
  private static final int WITHOUT_OFFER = Integer.MAX_VALUE;

  private final int slots;
  private final long stallNanos;
  private int slotsInUse;
  private long nextTurn;
  private final TreeSet<Update> waiting =
      new TreeSet<>(
          Comparator.<Update>comparingInt(update -> priority(update.offer()))
              .thenComparingLong(Update::place)
              .thenComparing(Update::name));

  /** An empty queue. */
  public Queue(int slots, long stallMs) {
    this.slots = slots;
    this.stallNanos = stallMs * 1_000_000;
  }

  private static int priority(@Nullable Offer offer) {
    return offer == null ? WITHOUT_OFFER : offer.priority();
  }

  /** Slots that are slotsInUse. */
  public int slotsInUse() {
    return slotsInUse;
  }

  /** How many wait. */
  public int waiting() {
    return waiting.size();
  }

  /** All slots. */
  public int slots() {
    return slots;
  }

  /** A place in the order of those that come now. */
  public long nextPlace() {
    return nextTurn++;
  }

  /** Turns that were given before a restart are not given again. */
  public void after(long turn) {
    nextTurn = Math.max(nextTurn, turn + 1);
  }

  /** Puts an update in the queue. Its offer and turn must not change while it waits. */
  public void await(Update update) {
    waiting.add(update);
  }

  /** Its position among those that wait; the first is 1. */
  public int position(Update update) {
    return waiting.headSet(update).size() + 1;
  }

  /** Whether the update has a slot, or gets one: nobody who waits comes before it. */
  public boolean admit(Update update, Now now) {
    if (!update.hasSlot()) {
      return give(update, now);
    }
    if (waiting.isEmpty() || !isIdle(update, now)) {
      return true;
    }
    goBehind(update);
    return false;
  }

  private boolean give(Update update, Now now) {
    if (slotsInUse >= slots || !(waiting.isEmpty() || isNext(update))) {
      return false;
    }
    waiting.remove(update);
    update.giveSlot(now);
    slotsInUse++;
    return true;
  }

  private boolean isNext(Update update) {
    return waiting.first() == update
        || (waiting.comparator() != null
            && waiting.comparator().compare(update, waiting.first()) < 0);
  }

  /** Whether it has a slot and has made no progress for too long. */
  public boolean isIdle(Update update, Now now) {
    return update.hasSlot()
        && now.monotonicNanos() - update.transfer().progressNanos() >= stallNanos;
  }

  /** Takes its slot; it goes behind all that wait. */
  public void goBehind(Update update) {
    release(update);
    update.setPlace(nextPlace());
  }

  /** It needs no slot any more, nor waits for one. */
  public void release(Update update) {
    waiting.remove(update);
    if (update.hasSlot()) {
      update.takeSlot();
      slotsInUse--;
    }
  }

  /** Who would be next if a slot is free; null if nobody or no slot. */
  public @Nullable Update next() {
    return slotsInUse < slots && !waiting.isEmpty() ? waiting.first() : null;
  }

  /** Writes what decides what happens next besides the updates themselves. */
  public void describe(StateWriter out) {
    out.put("next turn", nextTurn).put("queue", waiting.stream().map(Update::name).toList());
  }
}
