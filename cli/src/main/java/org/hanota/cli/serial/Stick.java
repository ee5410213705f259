// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.transport.serial.StickFamily;
import org.hanota.transport.serial.StickTransport;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.LineCounts;
import org.hanota.transport.serial.stick.StickEvent;
import org.jspecify.annotations.Nullable;

/** A stick that serves: its network is opened for new devices once, when it first runs. */
public final class Stick implements AutoCloseable {
  private final Peer self;
  private final StickOptions.Profile profile;
  private final int permitJoinSeconds;
  private final Consumer<StickEvent> listener;
  private final @Nullable CaptureFile capture;
  private final StickTransport transport;
  private final CompletableFuture<StickEvent> firstStart = new CompletableFuture<>();
  private volatile boolean running;

  Stick(
      StickFamily family,
      HostConfig config,
      StickOptions.Profile profile,
      int permitJoinSeconds,
      BytePort.Opener opener,
      Scheduler scheduler,
      TimeSource time,
      Consumer<StickEvent> listener,
      @Nullable CaptureFile capture) {
    this.self = config.self();
    this.profile = profile;
    this.permitJoinSeconds = permitJoinSeconds;
    this.listener = listener;
    this.capture = capture;
    this.transport =
        new StickTransport(
            family,
            config,
            opener,
            scheduler,
            () -> time.now().monotonicNanos(),
            this::happened,
            Optional.ofNullable(capture).map(CaptureFile::capture));
  }

  private void happened(StickEvent event) {
    listener.accept(event);
    if (event instanceof StickEvent.Started) {
      running = true;
      if (firstStart.complete(event) && permitJoinSeconds > 0) {
        transport.permitJoin(permitJoinSeconds);
      }
    } else if (event instanceof StickEvent.StartRefused) {
      running = false;
      boolean unused = firstStart.complete(event);
    } else if (event instanceof StickEvent.PortLost
        || event instanceof StickEvent.Restarted
        || event instanceof StickEvent.StartFailed) {
      running = false;
    }
  }

  /**
   * How its start ended at first, on the scheduler: {@link StickEvent.Started}, or {@link
   * StickEvent.StartRefused} if nothing but a person's doing makes it start.
   */
  public CompletableFuture<StickEvent> firstStart() {
    return firstStart;
  }

  /** Its address and endpoint. */
  public Peer self() {
    return self;
  }

  /** The profile of its messages. */
  public StickOptions.Profile profile() {
    return profile;
  }

  /** The transport through it. */
  public StickTransport transport() {
    return transport;
  }

  /** Whether messages can be sent just now. */
  public boolean running() {
    return running;
  }

  /** What its serial line carried; call from the scheduler. */
  public LineCounts counts() {
    return transport.counts();
  }

  @Override
  public void close() throws IOException {
    transport.close();
    if (capture != null) {
      capture.close();
    }
  }
}
