// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.hanota.api.Octets;
import org.hanota.api.transport.Scheduler;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.znp.ProbeMachine;
import org.hanota.transport.serial.znp.StickReport;
import org.jspecify.annotations.Nullable;

/** Opens a port, asks what stands there, and closes it again. */
public final class StickProbe {
  private final Scheduler scheduler;
  private final LongSupplier monotonicNanos;
  private final CompletableFuture<StickReport> result = new CompletableFuture<>();
  private final ProbeMachine machine = new ProbeMachine(this::write);
  private @Nullable BytePort port;

  private StickProbe(Scheduler scheduler, LongSupplier monotonicNanos) {
    this.scheduler = scheduler;
    this.monotonicNanos = monotonicNanos;
  }

  /**
   * Begins to ask.
   *
   * @param scheduler runs one task at a time
   * @param monotonicNanos the time of the scheduler
   * @return what was found, or an {@link IOException} if the port cannot be opened or is lost
   */
  public static CompletableFuture<StickReport> of(
      BytePort.Opener opener, Scheduler scheduler, LongSupplier monotonicNanos) {
    StickProbe probe = new StickProbe(scheduler, monotonicNanos);
    scheduler.schedule(0, () -> probe.port = opener.open(probe.new Callbacks()));
    return probe.result;
  }

  private void write(Octets octets) {
    BytePort current = port;
    if (current == null) {
      return;
    }
    try {
      current.write(octets);
    } catch (IOException failure) {
      end(failure);
    }
  }

  private void task(Runnable call) {
    scheduler.schedule(
        0,
        () -> {
          if (!result.isDone()) {
            call.run();
            advance();
          }
        });
  }

  private void advance() {
    if (machine.report().isPresent()) {
      StickReport report = machine.report().get();
      close();
      result.complete(report);
      return;
    }
    long wanted = machine.wakeAt();
    if (wanted == Long.MAX_VALUE) {
      return;
    }
    scheduler.schedule(
        Math.max(0, wanted - monotonicNanos.getAsLong()),
        () -> {
          // One of several entries may be stale; only the one whose time it still is counts.
          if (!result.isDone() && machine.wakeAt() == wanted) {
            machine.onTimer(monotonicNanos.getAsLong());
            advance();
          }
        });
  }

  private void end(IOException failure) {
    close();
    result.completeExceptionally(failure);
  }

  private void close() {
    BytePort current = port;
    if (current != null) {
      current.close();
    }
  }

  private final class Callbacks implements BytePort.Receiver {
    @Override
    public void onOpen() {
      task(() -> machine.onOpen(monotonicNanos.getAsLong()));
    }

    @Override
    public void onOctets(Octets octets) {
      task(() -> machine.onOctets(monotonicNanos.getAsLong(), octets));
    }

    @Override
    public void onLost(String reason) {
      scheduler.schedule(0, () -> end(new IOException(reason)));
    }
  }
}
