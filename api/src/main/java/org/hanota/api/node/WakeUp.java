// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.function.Consumer;
import org.hanota.api.machine.Now;
import org.hanota.api.transport.Scheduler;

/**
 * The one time at which a machine wants to be woken. One entry in the scheduler is enough: an early
 * one finds out and asks again. Called under the lock of its owner.
 */
final class WakeUp {
  /**
   * An entry in the scheduler.
   *
   * @param life that of the machine for which it was made
   * @param monotonicNanos when it comes
   */
  record Entry(int life, long monotonicNanos) {}

  private final Scheduler scheduler;
  private final TimeSource time;
  private final Consumer<Entry> woken;

  /** When the machine wants to be woken; {@link Long#MAX_VALUE} if it does not. */
  private long wanted = Long.MAX_VALUE;

  /** When the entry that counts comes: another one is void. */
  private long scheduled = Long.MAX_VALUE;

  /** Machines so far: the entries of an earlier one are void. */
  private int life;

  /**
   * Nothing is wanted yet.
   *
   * @param woken is called from the scheduler without the lock
   */
  WakeUp(Scheduler scheduler, TimeSource time, Consumer<Entry> woken) {
    this.scheduler = scheduler;
    this.time = time;
    this.woken = woken;
  }

  /** The machine wants to be woken then, and not at the time before. */
  void at(long monotonicNanos) {
    wanted = monotonicNanos;
    if (wanted < scheduled) {
      schedule(time.now());
    }
  }

  private void schedule(Now now) {
    scheduled = wanted;
    Entry entry = new Entry(life, wanted);
    scheduler.schedule(Math.max(0, wanted - now.monotonicNanos()), () -> woken.accept(entry));
  }

  /** Whether the machine is to be woken now by that entry; it wants nothing any more then. */
  boolean isDue(Entry entry, Now now) {
    if (entry.life() != life || entry.monotonicNanos() != scheduled) {
      return false;
    }
    scheduled = Long.MAX_VALUE;
    if (wanted > now.monotonicNanos()) {
      if (wanted != Long.MAX_VALUE) {
        schedule(now);
      }
      return false;
    }
    wanted = Long.MAX_VALUE;
    return true;
  }

  /** The machine is gone, and what it wanted. */
  void forget() {
    life++;
    wanted = Long.MAX_VALUE;
    scheduled = Long.MAX_VALUE;
  }
}
