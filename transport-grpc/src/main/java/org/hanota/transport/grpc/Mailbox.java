// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

/**
 * Runs the callbacks of one transport one at a time, in the order in which they were posted, and
 * holds no lock while it does. Whoever posts to an idle mailbox runs what is in it.
 */
final class Mailbox {
  private static final AtomicIntegerFieldUpdater<Mailbox> POSTED =
      AtomicIntegerFieldUpdater.newUpdater(Mailbox.class, "posted");

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  // Beside the rest, and not an object of its own, since there is one of a thousand devices each.
  private volatile int posted;
  private final Optional<Executor> executor;
  private final Executor own;
  private final Consumer<Throwable> failed;

  /**
   * @param executor runs the callbacks; without one {@link #post} runs them itself
   * @param later never the caller itself; runs what {@link #postLater} brings without an executor
   * @param failed is told when a task throws
   */
  Mailbox(Optional<Executor> executor, Executor later, Consumer<Throwable> failed) {
    this.executor = executor;
    this.own = later;
    this.failed = failed;
  }

  /** From a thread of the network, which may run the task before this returns. */
  void post(Runnable task) {
    if (executor.isPresent()) {
      postLater(task);
    } else if (POSTED.compareAndSet(this, 0, 1)) {
      // Nothing waits, so nothing is overtaken.
      run(task);
      drain(POSTED.addAndGet(this, -1));
    } else {
      tasks.add(task);
      if (POSTED.getAndIncrement(this) == 0) {
        drain(posted);
      }
    }
  }

  /** From inside a method of the transport, which must not call back. */
  void postLater(Runnable task) {
    tasks.add(task);
    if (POSTED.getAndIncrement(this) == 0) {
      drainLater();
    }
  }

  private void drainLater() {
    try {
      executor.orElse(own).execute(() -> drain(posted));
    } catch (RejectedExecutionException full) {
      try {
        // The transport's own thread rather than not at all.
        own.execute(() -> drain(posted));
      } catch (RejectedExecutionException closed) {
        // The transport was closed, which ends the callbacks.
        tasks.clear();
      }
    }
  }

  private void drain(int waiting) {
    int count = waiting;
    while (count != 0) {
      for (int i = 0; i < count; i++) {
        // Everything counted is in the queue: it is added before it is counted.
        run(Objects.requireNonNull(tasks.poll()));
      }
      count = POSTED.addAndGet(this, -count);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error fault) {
      failed.accept(fault);
    }
  }
}
