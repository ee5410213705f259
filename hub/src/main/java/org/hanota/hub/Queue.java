// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Comparator;
import java.util.TreeSet;
import org.hanota.api.control.Offer;
import org.jspecify.annotations.Nullable;

/** Places for concurrent transfers, and who waits for one: by priority, then by turn. */
final class Queue {
  /** Devices without an offer come after those with one. */
  private static final int UNASKED = Integer.MAX_VALUE;

  private final int places;
  private int taken;
  private long nextTurn;
  private final TreeSet<DeviceEntry> waiting =
      new TreeSet<>(
          Comparator.<DeviceEntry>comparingInt(entry -> priority(entry.offer))
              .thenComparingLong(entry -> entry.turn)
              .thenComparing(entry -> entry.device));

  Queue(int places) {
    this.places = places;
  }

  private static int priority(@Nullable Offer offer) {
    return offer == null ? UNASKED : offer.priority();
  }

  int taken() {
    return taken;
  }

  int waiting() {
    return waiting.size();
  }

  int places() {
    return places;
  }

  /** A place in the order of those that come now. */
  long turn() {
    return nextTurn++;
  }

  /** Turns that were given before a restart are not given again. */
  void after(long turn) {
    nextTurn = Math.max(nextTurn, turn + 1);
  }

  /** Puts a device in the queue. Its offer and turn must not change while it waits. */
  void await(DeviceEntry entry) {
    waiting.add(entry);
  }

  boolean awaits(DeviceEntry entry) {
    return waiting.contains(entry);
  }

  void leave(DeviceEntry entry) {
    waiting.remove(entry);
  }

  int position(DeviceEntry entry) {
    return waiting.headSet(entry).size() + 1;
  }

  /** Gives the entry a place if one is free and nobody who waits comes before it. */
  boolean admit(DeviceEntry entry) {
    return entry.admitted || give(entry);
  }

  private boolean give(DeviceEntry entry) {
    if (taken >= places || (!waiting.isEmpty() && !isNext(entry))) {
      return false;
    }
    waiting.remove(entry);
    entry.admitted = true;
    taken++;
    return true;
  }

  private boolean isNext(DeviceEntry entry) {
    return waiting.comparator() != null
        && (waiting.first().device.equals(entry.device)
            || waiting.comparator().compare(entry, waiting.first()) < 0);
  }

  void release(DeviceEntry entry) {
    waiting.remove(entry);
    if (entry.admitted) {
      entry.admitted = false;
      taken--;
    }
  }

  /** Who would be next if a place is free; null if nobody or no place. */
  @Nullable DeviceEntry next() {
    return taken < places && !waiting.isEmpty() ? waiting.first() : null;
  }
}
