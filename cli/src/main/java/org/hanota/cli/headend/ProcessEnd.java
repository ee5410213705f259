// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hanota.cli.ExitCode;

/** When a process ends and with which code; by SIGTERM, too, everything is closed first. */
final class ProcessEnd implements AutoCloseable {
  /** More than a lease takes to be given back. */
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
  void await() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "hanota-stop"));
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      // Whoever interrupts wants it to end, which it does; what is open must still close in peace.
    }
  }

  private void stop() {
    stopped.countDown();
    try {
      boolean unused = closed.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  int exitCode() {
    return exitCode;
  }

  /** Everything is closed. */
  @Override
  public void close() {
    closed.countDown();
  }
}
