// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.function.BooleanSupplier;
import org.hanota.api.machine.Now;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;

/** Time that passes only when something is due. */
public final class VirtualTime implements Scheduler, TimeSource {
  private final EventQueue queue = new EventQueue();
  private final long utcStartMillis;
  private long nanos;
  private Now now;

  /**
   * Begins at zero.
   *
   * @param utcStartMillis the time of day then, in Unix milliseconds
   */
  public VirtualTime(long utcStartMillis) {
    this.utcStartMillis = utcStartMillis;
    this.now = new Now(0, utcStartMillis);
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    queue.add(Math.addExact(nanos, Math.max(0, delayNanos)), task);
  }

  @Override
  public Now now() {
    return now;
  }

  /** Nanoseconds since the beginning. */
  public long nanos() {
    return nanos;
  }

  /**
   * Runs what is due, in order, until {@code done}, nothing is left, or the limit is reached.
   *
   * @return whether it ended by {@code done}
   */
  public boolean run(BooleanSupplier done, long limitNanos) {
    while (!done.getAsBoolean()) {
      if (queue.isEmpty() || queue.nextTime() > limitNanos) {
        return false;
      }
      long time = queue.nextTime();
      if (time != nanos) {
        nanos = time;
        now = new Now(time, utcStartMillis + time / 1_000_000);
      }
      queue.remove().run();
    }
    return true;
  }
}
