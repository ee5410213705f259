// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.machine.SendOptions.Priority;
import org.jspecify.annotations.Nullable;

/** What a station has to send: metering first, blocks last, within a class in order. */
final class SendQueue<F> {
  private final int capacity;
  private final List<Outgoing<F>> waiting = new ArrayList<>();
  private final List<Outgoing<F>> free = new ArrayList<>();
  private long orders;

  SendQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Whether there was room. */
  boolean add(long now, int to, int octets, boolean acknowledged, Priority priority, F frame) {
    if (waiting.size() == capacity) {
      return false;
    }
    Outgoing<F> place = free.isEmpty() ? new Outgoing<>() : free.remove(free.size() - 1);
    place.frame = frame;
    place.to = to;
    place.octets = octets;
    place.acknowledged = acknowledged;
    place.priority = priority;
    place.readyAt = now;
    place.order = orders++;
    place.networkTries = 0;
    place.timesOnAir = 0;
    place.heard = false;
    waiting.add(place);
    return true;
  }

  /** What goes first of what may go now; blocks may not before {@code blocksFrom}. */
  @Nullable Outgoing<F> next(long now, long blocksFrom) {
    Outgoing<F> best = null;
    for (int i = 0; i < waiting.size(); i++) {
      Outgoing<F> place = waiting.get(i);
      if (readyAt(place, blocksFrom) <= now && (best == null || goesBefore(place, best))) {
        best = place;
      }
    }
    return best;
  }

  private static boolean goesBefore(Outgoing<?> one, Outgoing<?> other) {
    int order = one.priority.compareTo(other.priority);
    return order < 0 || (order == 0 && one.order < other.order);
  }

  /** When the first of all may go; {@link OnAir#NEVER} if there is none. */
  long readyAt(long blocksFrom) {
    long earliest = OnAir.NEVER;
    for (int i = 0; i < waiting.size(); i++) {
      earliest = Math.min(earliest, readyAt(waiting.get(i), blocksFrom));
    }
    return earliest;
  }

  private static long readyAt(Outgoing<?> place, long blocksFrom) {
    return place.priority == Priority.BULK ? Math.max(place.readyAt, blocksFrom) : place.readyAt;
  }

  void remove(Outgoing<F> place) {
    waiting.remove(place);
    place.frame = null;
    free.add(place);
  }

  void clear() {
    while (!waiting.isEmpty()) {
      remove(waiting.get(waiting.size() - 1));
    }
  }

  int size() {
    return waiting.size();
  }
}
