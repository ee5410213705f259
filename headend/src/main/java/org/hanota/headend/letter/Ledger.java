// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.letter;

import java.util.function.Predicate;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;

/**
 * What a machine of the head end keeps, and how its calls begin and end: what it kept is loaded at
 * its start, its log excepted; what a call changed is kept in one step with the letters that follow
 * from it, before anybody is told.
 */
public final class Ledger {
  private final Eui64 self;
  private final RecordStore store;
  private final Changes changes = new Changes();
  private final Outbox outbox;
  private long wakeAt = Long.MAX_VALUE;

  /**
   * Of a machine that has not started yet.
   *
   * @param self the machine's id
   * @param letterRetryMs when a letter that nobody confirmed is handed over again
   * @param store what outlives the machine
   */
  public Ledger(Eui64 self, long letterRetryMs, RecordStore store) {
    this.self = self;
    this.store = store;
    this.outbox = new Outbox(self, letterRetryMs, changes);
  }

  /** Where a call puts what it changes. */
  public Changes changes() {
    return changes;
  }

  /** The letters that are not confirmed yet. */
  public Outbox outbox() {
    return outbox;
  }

  /**
   * Loads what was kept; letters that were not confirmed go again.
   *
   * @param taker whether a record is the machine's own, which it takes then
   */
  public void start(Predicate<Stored> taker, Now now, Effects effects) {
    for (Stored record : store.loadForStart()) {
      if (!outbox.load(record) && !taker.test(record)) {
        throw new IllegalStateException(
            "the store of " + self + " has " + record + ", allowed what this machine keeps");
      }
    }
    outbox.start(now, effects);
  }

  /** The time came for which a call asked. */
  public void woken() {
    wakeAt = Long.MAX_VALUE;
  }

  /**
   * The call ends.
   *
   * @param dueUtcMillis when the machine itself has something to do; {@link Long#MAX_VALUE} for
   *     never
   */
  public void callEnds(long dueUtcMillis, Now now, Effects effects) {
    changes.save(store);
    outbox.callEnds(effects);
    long next = outbox.nextNanos();
    if (dueUtcMillis != Long.MAX_VALUE) {
      next = Math.min(next, now.plusMillis(Math.max(0, dueUtcMillis - now.utcMillis())));
    }
    if (next != wakeAt) {
      wakeAt = next;
      effects.wakeAt(next);
    }
  }
}
