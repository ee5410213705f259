// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.hanota.api.machine.Now;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;

/** Time that passes only while something is waited for. */
public final class VirtualTime implements Scheduler, TimeSource {
  /** 2026-11-23T00:00:00Z. */
  private static final long UTC_START = 1_795_392_000_000L;

  private record Task(long at, long number, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long nanos;
  private long numbers;

  @Override
  public void schedule(long delayNanos, Runnable task) {
    tasks.add(new Task(nanos + Math.max(0, delayNanos), numbers++, task));
  }

  /** Nanoseconds since the start. */
  public long nanos() {
    return nanos;
  }

  @Override
  public Now now() {
    return new Now(nanos, UTC_START + nanos / 1_000_000);
  }

  /** Tasks that wait. */
  public int waiting() {
    return tasks.size();
  }

  /** Lets that many milliseconds pass. */
  public void pass(long millis) {
    long end = nanos + millis * 1_000_000;
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      step();
    }
    nanos = end;
  }

  /** Lets time pass until that holds; false if it still does not after so many milliseconds. */
  public boolean until(BooleanSupplier condition, long millis) {
    long end = nanos + millis * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (tasks.isEmpty() || tasks.peek().at() > end) {
        return false;
      }
      step();
    }
    return true;
  }

  private void step() {
    Task task = tasks.remove();
    nanos = task.at();
    task.work().run();
  }
}
