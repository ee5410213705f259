// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.transport.serial.port.BytePort;

/** A line of the operating system. */
final class RealTimeHarness extends StickHarness {
  /** A safety net: everything here takes seconds. */
  private static final long PATIENCE_SECONDS = 60;

  /** Much longer than anything takes that follows from something else. */
  private static final long QUIET_MILLIS = 60;

  /** What the executor runs, and how much it has run: so it is seen to be at rest. */
  private record Counted(ScheduledExecutorService executor, AtomicLong done) implements Scheduler {
    @Override
    public void schedule(long delayNanos, Runnable task) {
      Scheduler.of(executor)
          .schedule(
              delayNanos,
              () -> {
                done.incrementAndGet();
                task.run();
              });
    }
  }

  private final Counted counted;

  private RealTimeHarness(
      StickFamily family, BytePort.Opener hostEnd, BytePort.Opener stickEnd, Counted counted) {
    super(
        family,
        hostEnd,
        stickEnd,
        counted,
        TimeSource.of(InstantSource.system(), System::nanoTime));
    this.counted = counted;
  }

  static RealTimeHarness over(
      StickFamily family, BytePort.Opener hostEnd, BytePort.Opener stickEnd) {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    return new RealTimeHarness(family, hostEnd, stickEnd, new Counted(executor, new AtomicLong()));
  }

  /** What belongs to the executor is looked at on the executor. */
  private boolean on(BooleanSupplier condition) {
    try {
      return counted.executor.submit(condition::getAsBoolean).get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public boolean await(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!on(done)) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      pause(1);
    }
    return true;
  }

  @Override
  public void settle() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    long before;
    do {
      before = counted.done.get();
      pause(QUIET_MILLIS);
    } while (before != counted.done.get() && System.nanoTime() - end < 0);
  }

  @Override
  public void close() {
    super.close();
    counted.executor.shutdownNow();
  }
}
