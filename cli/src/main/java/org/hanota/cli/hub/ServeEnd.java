// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hanota.cli.ExitCode;

/**
 * When the process of a hub ends, and with which exit code. Safe for calls from several threads.
 */
final class ServeEnd {
  /** More than the streams get to end by themselves. */
  private static final int GRACE_SECONDS = 8;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int exitCode = ExitCode.DONE;

  /** Something went wrong for good: whoever supervises the process starts it anew. */
  void giveUp() {
    exitCode = ExitCode.WRONG;
    stopped.countDown();
  }

  /** Waits until somebody stops the process, or it gives up. */
  void await(ServeLog log) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(log), "hanota-stop"));
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      // Whoever interrupts wants it to end, which it does; the stores must still close in peace.
    }
    log.stopping();
  }

  /** The process ends when the streams and the stores are closed, or after a while. */
  private void stop(ServeLog log) {
    log.stopping();
    stopped.countDown();
    try {
      boolean unused = closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is closed. */
  void closed() {
    closed.countDown();
  }

  /** With which code the process ends. */
  int exitCode() {
    return exitCode;
  }
}
