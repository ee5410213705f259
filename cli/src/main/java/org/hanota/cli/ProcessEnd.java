// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When a process that serves ends, and with which exit code; by SIGTERM, too, everything is closed
 * first. Safe for calls from several threads.
 */
public final class ProcessEnd implements AutoCloseable {
  /** More than streams get to end by themselves, and a lease takes to be given back. */
  private static final int GRACE_SECONDS = 8;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.DONE;
  private boolean isStopping;

  /** Something went wrong for good: whoever supervises the process starts it anew. */
  public void giveUp() {
    exitCode = ExitCode.WRONG;
    stopped.countDown();
  }

  /**
   * Waits until somebody stops the process, or it gives up.
   *
   * @param onStop is run once then, before anything is closed
   */
  public void await(Runnable onStop) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(onStop), "hanota-stop"));
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      // Whoever interrupts wants it to end, which it does; what is open must still close in peace.
    }
    stopping(onStop);
  }

  /** Somebody stops the process: it ends when everything is closed, or after a while. */
  void stop(Runnable onStop) {
    stopping(onStop);
    stopped.countDown();
    try {
      boolean unused = closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void stopping(Runnable onStop) {
    if (!isStopping) {
      isStopping = true;
      onStop.run();
    }
  }

  /** With which code the process ends. */
  public int exitCode() {
    return exitCode;
  }

  /** Everything is closed. */
  @Override
  public void close() {
    closed.countDown();
  }
}
