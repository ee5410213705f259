// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.hanota.api.Octets;
import org.hanota.api.transport.Scheduler;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.probe.ProbeMachine;
import org.hanota.transport.serial.probe.StickReport;
import org.hanota.transport.serial.stick.ShortVisit;
import org.hanota.transport.serial.znp.ClearingMachine;
import org.hanota.transport.serial.znp.FoundNetwork;
import org.jspecify.annotations.Nullable;

/** Opens a port, does something short with what stands there, and closes it again. */
public final class StickProbe<T> {
  private final Scheduler scheduler;
  private final LongSupplier monotonicNanos;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final ShortVisit<T> machine;
  private @Nullable BytePort port;

  private StickProbe(
      Function<Consumer<Octets>, ShortVisit<T>> machine,
      Scheduler scheduler,
      LongSupplier monotonicNanos) {
    this.scheduler = scheduler;
    this.monotonicNanos = monotonicNanos;
    this.machine = machine.apply(this::write);
  }

  /**
   * Begins to ask what stands there.
   *
   * @param families those that it may be of
   * @param scheduler runs one task at a time
   * @param monotonicNanos the time of the scheduler
   * @return what was found, or an {@link IOException} if the port cannot be opened or is lost
   */
  public static CompletableFuture<StickReport> of(
      List<StickFamily> families,
      BytePort.Opener opener,
      Scheduler scheduler,
      LongSupplier monotonicNanos) {
    return begin(line -> new ProbeMachine(families, line), opener, scheduler, monotonicNanos);
  }

  /**
   * Begins to make a stick forget its network.
   *
   * @param expected what it holds, as it was found; if it holds anything else it is left as it is
   * @param scheduler runs one task at a time
   * @param monotonicNanos the time of the scheduler
   * @return how it ended, or an {@link IOException} if the port cannot be opened or is lost
   */
  public static CompletableFuture<ClearingMachine.Outcome> clear(
      FoundNetwork expected,
      BytePort.Opener opener,
      Scheduler scheduler,
      LongSupplier monotonicNanos) {
    return begin(line -> new ClearingMachine(expected, line), opener, scheduler, monotonicNanos);
  }

  private static <T> CompletableFuture<T> begin(
      Function<Consumer<Octets>, ShortVisit<T>> machine,
      BytePort.Opener opener,
      Scheduler scheduler,
      LongSupplier monotonicNanos) {
    StickProbe<T> probe = new StickProbe<>(machine, scheduler, monotonicNanos);
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
    } catch (IOException lost) {
      // The port says by itself that it is lost, and better why; until then the visit goes on.
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
    if (machine.result().isPresent()) {
      T found = machine.result().get();
      close();
      result.complete(found);
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

  /** The port opened, and was lost before anything came: another program may have the stick. */
  public static final class ClosedAtOnce extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedAtOnce(String reason) {
      super(reason);
    }
  }

  private final class Callbacks implements BytePort.Receiver {
    /** Of the port's thread alone. */
    private boolean opened;

    private boolean heard;

    @Override
    public void onOpen() {
      opened = true;
      task(() -> machine.onOpen(monotonicNanos.getAsLong()));
    }

    @Override
    public void onOctets(Octets octets) {
      heard = true;
      task(() -> machine.onOctets(monotonicNanos.getAsLong(), octets));
    }

    @Override
    public void onLost(String reason) {
      scheduler.schedule(
          0, () -> end(opened && !heard ? new ClosedAtOnce(reason) : new IOException(reason)));
    }
  }
}
