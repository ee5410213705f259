// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs the callbacks of one transport one at a time, in the order in which they were posted, and
 * holds no lock while it does. Whoever posts to an idle mailbox runs what is in it.
 */
final class Mailbox {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger posted = new AtomicInteger();
  private final Executor direct;
  private final Executor later;
  private final Consumer<Throwable> failed;

  /**
   * @param direct runs what {@link #post} brings; may be the caller itself
   * @param later runs what {@link #postLater} brings; never the caller itself
   * @param failed is told when a task throws
   */
  Mailbox(Executor direct, Executor later, Consumer<Throwable> failed) {
    this.direct = direct;
    this.later = later;
    this.failed = failed;
  }

  /** From a thread of the network, which may run the task before this returns. */
  void post(Runnable task) {
    post(task, direct);
  }

  /** From inside a method of the transport, which must not call back. */
  void postLater(Runnable task) {
    post(task, later);
  }

  private void post(Runnable task, Executor executor) {
    tasks.add(task);
    if (posted.getAndIncrement() == 0) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException closed) {
        // The transport was closed, which ends the callbacks.
        tasks.clear();
      }
    }
  }

  private void drain() {
    int count = posted.get();
    while (count != 0) {
      for (int i = 0; i < count; i++) {
        // Everything counted is in the queue: it is added before it is counted.
        run(Objects.requireNonNull(tasks.poll()));
      }
      count = posted.addAndGet(-count);
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
