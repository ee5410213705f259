// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.hub.store.TransferStore;
import org.hanota.hub.store.UpdateName;

/**
 * What calls of the hub have changed. It is stored in one step: a power cut leaves either all of it
 * or nothing.
 *
 * <p>What somebody offered, or what becomes of an offer, is stored at the end of its call, before
 * anybody is told of it. What devices say of themselves without an offer promises nothing to
 * anybody: it is gathered for a while, so that no device can make the hub write for each of its
 * frames. [hanota H09]
 */
public final class PendingChanges {
  private final TransferStore store;
  private final long gatherMs;
  private final HubClock clock;
  private final Timers<HubTimer> timers;
  private final Set<Update> updates = new LinkedHashSet<>();
  private final Map<Octets, Integer> failures = new TreeMap<>();
  private final Map<Peer, List<Octets>> waiting = new TreeMap<>();
  private final Set<UpdateName> forgotten = new TreeSet<>();
  private final Map<ImageId, Optional<ImageOrder>> orders = new TreeMap<>();
  private boolean changed;
  private boolean urgent;

  /** Whether {@link #settle} stores what may not wait, and not the end of a call. */
  private boolean gathers;

  /** Changes that may not wait and are not stored. */
  private int owed;

  /** When what is gathered is stored; {@link Long#MAX_VALUE} if there is nothing. */
  private long dueNanos = Long.MAX_VALUE;

  private long savedNanos = Long.MIN_VALUE;

  /** Nothing has changed yet. */
  public PendingChanges(
      TransferStore store, long gatherMs, HubClock clock, Timers<HubTimer> timers) {
    this.store = store;
    this.gatherMs = gatherMs;
    this.clock = clock;
    this.timers = timers;
  }

  /** Something changed that is stored before the call ends. */
  public void add(Update update) {
    changed = true;
    updates.add(update);
    hasToBeStored();
  }

  private void hasToBeStored() {
    urgent = true;
    owed++;
  }

  /** Something changed that may be gathered with other changes. */
  public void addLater(Update update) {
    changed = true;
    updates.add(update);
  }

  /**
   * A device showed what its update rests on after a restart: what it runs, or another file of
   * which it has octets. An offer does not wait for that to be gathered.
   */
  public void addShown(Update update) {
    if (update.offer() != null) {
      add(update);
    } else {
      addLater(update);
    }
  }

  /** Its record goes, unless it is added again in the same call. */
  public void forget(Update update) {
    changed = true;
    updates.remove(update);
    forgotten.add(update.name());
  }

  /** How many more devices failed with an image than run it. */
  public void addFailures(Octets sha256, int count) {
    changed = true;
    failures.put(sha256, count);
  }

  /** What waits for a recipient. */
  public void addWaiting(Peer recipient, List<Octets> messages) {
    changed = true;
    waiting.put(recipient, List.copyOf(messages));
    hasToBeStored();
  }

  /** What stands about an image now. */
  public void addOrder(ImageId image, Optional<ImageOrder> order) {
    changed = true;
    orders.put(image, order);
    hasToBeStored();
  }

  /** The call ends: stores what may not wait, or all of it if it has waited long enough. */
  public void callEnds(Now now) {
    if (clock.hasTurned()) {
      urgent = true;
      changed = true;
    } else if (clock.isStale(now)) {
      changed = true;
    }
    if (changed) {
      changedCallEnds(now);
    }
  }

  private void changedCallEnds(Now now) {
    if (dueNanos == Long.MAX_VALUE) {
      boolean isFirst = savedNanos == Long.MIN_VALUE;
      dueNanos = isFirst ? now.monotonicNanos() : Math.max(now.monotonicNanos(), savedNanos);
    }
    if (!gathers) {
      settle(now);
    } else if (owed == 0 && isDue(now)) {
      owed = 1;
    }
    setTimer();
  }

  /** What is owed is stored by whoever gathers, and needs no timer. */
  private void setTimer() {
    timers.set(HubTimer.STORE, owed() > 0 ? Long.MAX_VALUE : dueNanos);
  }

  private boolean isDue(Now now) {
    return urgent || now.monotonicNanos() >= dueNanos;
  }

  /** From now on the ends of calls store nothing. */
  public void gather() {
    gathers = true;
  }

  /** How many changes calls have left to {@link #settle}. */
  public int owed() {
    return gathers ? owed : 0;
  }

  /** Stores what may not wait, or all of it if it has waited long enough. */
  public void settle(Now now) {
    if (changed && isDue(now)) {
      save(now);
    }
  }

  /** Stores all of it now. */
  public void save(Now now) {
    store.save(
        new TransferStore.Changes(
            updates.stream().map(Update::toRecord).toList(),
            failures,
            waiting,
            forgotten,
            orders,
            clock.toStore(now)));
    clock.stored(now);
    updates.clear();
    failures.clear();
    waiting.clear();
    forgotten.clear();
    orders.clear();
    changed = false;
    urgent = false;
    owed = 0;
    dueNanos = Long.MAX_VALUE;
    savedNanos = now.plusMillis(gatherMs);
    setTimer();
  }

  /** Writes what is to be stored, and when. */
  public void describe(StateWriter out) {
    out.put("to store", updates.stream().map(Update::name).toList())
        .put("failures", failures)
        .put("waiting", waiting.keySet())
        .put("forgotten", forgotten)
        .put("orders", orders)
        .put("something to store", changed)
        .put("urgent", urgent)
        .putNanos("store at", dueNanos)
        .putNanos("store next from", savedNanos);
    waiting.forEach(
        (peer, messages) -> out.put("for " + peer, messages.stream().map(Octets::toHex).toList()));
  }
}
