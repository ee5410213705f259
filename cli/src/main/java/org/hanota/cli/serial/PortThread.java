// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;

/** The one thread on which everything about a stick happens, and its time. */
final class PortThread implements AutoCloseable {
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "hanota-stick");
            thread.setDaemon(true);
            return thread;
          });
  private final Scheduler scheduler = Scheduler.of(executor);
  private final TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);

  Scheduler scheduler() {
    return scheduler;
  }

  TimeSource time() {
    return time;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
