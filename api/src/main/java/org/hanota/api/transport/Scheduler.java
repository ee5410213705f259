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

  /** The scheduler of an executor, which must run one task at a time. */
  static Scheduler of(ScheduledExecutorService executor) {
    return (delayNanos, task) -> {
      Future<?> unused = executor.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    };
  }
}
