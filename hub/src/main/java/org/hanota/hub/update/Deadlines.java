// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Timers;
import org.jspecify.annotations.Nullable;

/**
 * One timer for each update. An update that was moved leaves its old place behind, to be skipped.
 */
public final class Deadlines {
  private record Place(long nanos, Update update) {}

  private final PriorityQueue<Place> places =
      new PriorityQueue<>(
          Comparator.comparingLong(Place::nanos).thenComparing(place -> place.update().name()));

  private final ToLongFunction<Update> when;
  private final ObjLongConsumer<Update> set;

  private final Timers<HubTimer> timers;
  private final HubTimer timer;

  private Deadlines(
      ToLongFunction<Update> when,
      ObjLongConsumer<Update> set,
      Timers<HubTimer> timers,
      HubTimer timer) {
    this.when = when;
    this.set = set;
    this.timers = timers;
    this.timer = timer;
  }

  /** Those of the updates themselves; none runs. */
  public static Deadlines ofPhases(Timers<HubTimer> timers) {
    return new Deadlines(
        update -> update.times().deadlineNanos(),
        (update, nanos) -> update.times().setDeadlineNanos(nanos),
        timers,
        HubTimer.UPDATES);
  }

  /** When unsolicited responses that devices did not hear are sent again; none is due yet. */
  public static Deadlines ofAnnouncements(Timers<HubTimer> timers) {
    return new Deadlines(
        update -> update.announcement().dueNanos(),
        (update, nanos) -> update.announcement().setDueNanos(nanos),
        timers,
        HubTimer.RESPONSES);
  }

  /** Lets an update's timer run out then; never, if it is {@link Long#MAX_VALUE}. */
  public void set(Update update, long nanos) {
    if (when.applyAsLong(update) != nanos) {
      set.accept(update, nanos);
      if (nanos != Long.MAX_VALUE) {
        places.add(new Place(nanos, update));
      }
      skip();
    }
  }

  /** Lets an update's timer run out then, unless it does sooner. */
  public void soonest(Update update, long nanos) {
    if (nanos < when.applyAsLong(update)) {
      set(update, nanos);
    }
  }

  /** Takes an update whose timer has run out; null if there is none. */
  public @Nullable Update take(Now now) {
    Place first = places.peek();
    if (first == null || first.nanos() > now.monotonicNanos()) {
      return null;
    }
    set(first.update(), Long.MAX_VALUE);
    return first.update();
  }

  /** Leaves a place that holds at the head. */
  private void skip() {
    Place first = places.peek();
    while (first != null && when.applyAsLong(first.update()) != first.nanos()) {
      places.remove();
      first = places.peek();
    }
    timers.set(timer, first == null ? Long.MAX_VALUE : first.nanos());
  }
}
