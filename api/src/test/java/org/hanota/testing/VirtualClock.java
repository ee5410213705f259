// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.hanota.api.machine.Now;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;

/** Time that a test moves: what is due runs in the order of its time, then of its scheduling. */
public final class VirtualClock implements Scheduler, TimeSource {
  /** 2026-01-01T00:00:00Z. */
  public static final long UTC_START_MILLIS = 1_767_225_600_000L;

  private record Task(long nanos, long sequence, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::nanos).thenComparingLong(Task::sequence));
  private boolean knowsUtc = true;
  private long nanos;
  private long sequence;

  @Override
  public void schedule(long delayNanos, Runnable task) {
    tasks.add(new Task(Math.addExact(nanos, Math.max(0, delayNanos)), sequence++, task));
  }

  @Override
  public Now now() {
    return new Now(nanos, knowsUtc ? UTC_START_MILLIS + nanos / 1_000_000 : Now.UTC_UNKNOWN);
  }

  /** From now on nobody knows the time of day. */
  public void forgetUtc() {
    knowsUtc = false;
  }

  /** How many tasks wait. */
  public int pending() {
    return tasks.size();
  }

  /** Runs everything due in the next {@code millis} milliseconds. */
  public void advanceMillis(long millis) {
    long end = nanos + millis * 1_000_000L;
    Task next = tasks.peek();
    while (next != null && next.nanos() <= end) {
      tasks.remove();
      nanos = next.nanos();
      next.work().run();
      next = tasks.peek();
    }
    nanos = end;
  }
}
