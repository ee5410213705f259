// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.transport;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks later, one after the other in the order of their times. */
@FunctionalInterface
public interface Scheduler {
  /** Runs {@code task} after {@code delayNanos}, never from inside this call. */
  void schedule(long delayNanos, Runnable task);

  /**
   * The scheduler of an executor, which must run one task at a time. What a task throws goes to the
   * handler of its thread's uncaught exceptions, since nobody looks at its future.
   */
  static Scheduler of(ScheduledExecutorService executor) {
    return (delayNanos, task) -> {
      Future<?> unused = executor.schedule(() -> handled(task), delayNanos, TimeUnit.NANOSECONDS);
    };
  }

  private static void handled(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error fault) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, fault);
    }
  }
}
