// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.hanota.api.machine.Now;
import org.jspecify.annotations.Nullable;

/**
 * One timer for each device. An entry that was moved leaves its old place behind, to be skipped.
 */
final class Deadlines {
  private record Place(long nanos, DeviceEntry entry) {}

  private final PriorityQueue<Place> places =
      new PriorityQueue<>(
          Comparator.comparingLong(Place::nanos).thenComparing(place -> place.entry().device));

  private long next = Long.MAX_VALUE;

  void set(DeviceEntry entry, long nanos) {
    if (entry.deadlineNanos != nanos) {
      entry.deadlineNanos = nanos;
      if (nanos != Long.MAX_VALUE) {
        places.add(new Place(nanos, entry));
      }
      skip();
    }
  }

  /** Takes one that has run out; null if there is none. */
  @Nullable DeviceEntry take(Now now) {
    Place first = places.peek();
    if (first == null || first.nanos() > now.monotonicNanos()) {
      return null;
    }
    set(first.entry(), Long.MAX_VALUE);
    return first.entry();
  }

  /** When the next one runs out. */
  long next() {
    return next;
  }

  /** Leaves a place that holds at the head. */
  private void skip() {
    Place first = places.peek();
    while (first != null && first.entry().deadlineNanos != first.nanos()) {
      places.remove();
      first = places.peek();
    }
    next = first == null ? Long.MAX_VALUE : first.nanos();
  }
}
