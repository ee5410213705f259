// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs the callbacks of one transport one at a time, in the order in which they were posted, and
 * holds no lock while it does. The thread that posts to an idle mailbox runs what is in it. After
 * each callback it takes one message from the queues of the transport's streams, if one waits.
 */
final class Mailbox {
  private static final AtomicIntegerFieldUpdater<Mailbox> POSTED =
      AtomicIntegerFieldUpdater.newUpdater(Mailbox.class, "posted");

  /** After so many turns the thread does what else it has to do, such as timers. */
  private static final int TURNS_AT_ONCE = 64;

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  // Beside the rest, and not an object of its own, since there is one of a thousand devices each.
  private volatile int posted;
  private final Optional<Executor> executor;
  private final Executor own;
  private final Consumer<Throwable> failed;
  private final BooleanSupplier turn;

  Mailbox(Optional<Executor> executor, Executor later, Consumer<Throwable> failed) {
    this(executor, later, failed, () -> false);
  }

  /**
   * @param executor runs the callbacks; without one {@link #post} runs them itself
   * @param later never the caller itself; runs what {@link #postLater} brings without an executor
   * @param failed is told when a task throws
   * @param turn deals with one of what waits its turn; false when nothing does. What waits is added
   *     by tasks only
   */
  Mailbox(
      Optional<Executor> executor,
      Executor later,
      Consumer<Throwable> failed,
      BooleanSupplier turn) {
    this.executor = executor;
    this.own = later;
    this.failed = failed;
    this.turn = turn;
  }

  /** From a thread of the network, which may run the task before this returns. */
  void post(Runnable task) {
    if (executor.isPresent()) {
      postLater(task);
    } else if (POSTED.compareAndSet(this, 0, 1)) {
      // Nothing waits, so nothing is overtaken.
      run(task);
      drain(1, 0);
    } else {
      tasks.add(task);
      if (POSTED.getAndIncrement(this) == 0) {
        drain();
      }
    }
  }

  /** Posts a callback from inside a method of the transport: it runs on another thread. */
  void postLater(Runnable task) {
    tasks.add(task);
    if (POSTED.getAndIncrement(this) == 0) {
      drainLater();
    }
  }

  private void drainLater() {
    try {
      executor.orElse(own).execute(this::drain);
    } catch (RejectedExecutionException full) {
      try {
        // The transport's own thread rather than not at all.
        own.execute(this::drain);
      } catch (RejectedExecutionException closed) {
        // The transport was closed, which ends the callbacks.
        tasks.clear();
      }
    }
  }

  private void drain() {
    int count = posted;
    drain(count, count);
  }

  /**
   * @param counted of what is posted, as far as this thread has seen
   * @param queued how many of these were not run yet
   */
  private void drain(int counted, int queued) {
    int count = counted;
    int run = queued;
    int turns = 0;
    while (count != 0) {
      for (int i = 0; i < run; i++) {
        // Everything counted is in the queue: it is added before it is counted.
        run(Objects.requireNonNull(tasks.poll()));
      }
      // What was posted meanwhile goes before the next turn, since it may be more urgent.
      boolean more = takeTurn();
      while (more && posted == count && turns < TURNS_AT_ONCE) {
        turns++;
        more = takeTurn();
      }
      if (more && turns >= TURNS_AT_ONCE) {
        tasks.add(() -> {});
        POSTED.addAndGet(this, 1 - count);
        drainLater();
        return;
      }
      turns++;
      count = POSTED.addAndGet(this, -count);
      run = count;
    }
  }

  private boolean takeTurn() {
    try {
      return turn.getAsBoolean();
    } catch (RuntimeException | Error fault) {
      failed.accept(fault);
      return true;
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
