// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.port.PortKeeper;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.Incoming;
import org.hanota.transport.serial.stick.LineCounts;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickHost;
import org.hanota.transport.serial.stick.StickParameter;
import org.hanota.transport.serial.stick.Surroundings;
import org.jspecify.annotations.Nullable;

/**
 * The transport over a stick. Everything that it does happens in tasks of the scheduler, so it has
 * no lock, and a caller's lock is safe; a port's thread only hands octets over. Survives the loss
 * of the port and restarts of the stick: what was under way ends as {@link SendResult#DROPPED},
 * what is sent meanwhile as {@link SendResult#BUSY}.
 */
public final class StickTransport implements Transport {
  private final HostConfig config;
  private final Scheduler scheduler;
  private final LongSupplier monotonicNanos;
  private final Consumer<StickEvent> listener;
  private final Optional<Capture> capture;
  private final PortKeeper port;
  private final StickHost host;

  private volatile boolean closed;
  private @Nullable Receiver receiver;
  private long wakeScheduled = Long.MAX_VALUE;

  /**
   * @param family what the stick speaks
   * @param opener the way to the stick
   * @param scheduler runs one task at a time
   * @param monotonicNanos the time of the scheduler
   * @param listener hears of the stick, on the scheduler
   * @param capture records what goes over the radio, where it is wanted
   */
  public StickTransport(
      StickFamily family,
      HostConfig config,
      BytePort.Opener opener,
      Scheduler scheduler,
      LongSupplier monotonicNanos,
      Consumer<StickEvent> listener,
      Optional<Capture> capture) {
    this.config = config;
    this.scheduler = scheduler;
    this.monotonicNanos = monotonicNanos;
    this.listener = listener;
    this.capture = capture;
    this.port = new PortKeeper(opener, config.limits(), scheduler, new PortListener());
    this.host = new StickHost(family.dialect(), config, new Around());
  }

  @Override
  public void open(Receiver opened) {
    if (receiver != null) {
      throw new IllegalStateException("the transport is open already");
    }
    receiver = opened;
    port.start();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if source or profile are not those of the registered endpoint:
   *     the stick could not send them
   */
  @Override
  public void send(long sendId, Frame frame) {
    if (!frame.source().equals(config.self())) {
      throw new IllegalArgumentException(
          "source is " + frame.source() + ", allowed " + config.self());
    }
    if (frame.profileId() != config.profileId()) {
      throw new IllegalArgumentException(
          "profileId is " + frame.profileId() + ", allowed " + config.profileId());
    }
    task(() -> host.send(now(), sendId, frame));
  }

  @Override
  public void discover(int profileId, int clusterId) {
    task(() -> host.discover(now(), profileId, clusterId));
  }

  @Override
  public int maximumPayload(Peer destination) {
    return config.limits().count(StickParameter.MAXIMUM_PAYLOAD);
  }

  /**
   * Opens the network for new nodes.
   *
   * @param seconds 0 closes it; at most 254
   */
  public void permitJoin(int seconds) {
    task(() -> host.permitJoin(now(), seconds));
  }

  /** Gives the stick another install code or link key; lost at its next start. */
  public void addLinkKey(LinkKey key) {
    task(() -> host.addLinkKey(now(), key));
  }

  /** Closes the port and opens it again, for a stick that misbehaves. */
  public void reopen(String reason) {
    task(() -> port.reopen(reason));
  }

  /** What the serial line carried so far; call from the scheduler. */
  public LineCounts counts() {
    return host.counts();
  }

  @Override
  public void close() {
    closed = true;
    port.close();
  }

  private long now() {
    return monotonicNanos.getAsLong();
  }

  private void task(Runnable task) {
    scheduler.schedule(0, () -> run(task));
  }

  private void run(Runnable task) {
    if (!closed) {
      task.run();
      schedule();
    }
  }

  /** One entry in the scheduler counts; those that an earlier one has replaced do nothing. */
  private void schedule() {
    long wanted = host.wakeAt();
    if (wanted < wakeScheduled) {
      wakeScheduled = wanted;
      scheduler.schedule(Math.max(0, wanted - now()), () -> run(() -> wake(wanted)));
    }
  }

  private void wake(long scheduled) {
    if (scheduled == wakeScheduled) {
      wakeScheduled = Long.MAX_VALUE;
      host.onTimer(now());
    }
  }

  private final class PortListener implements PortKeeper.Listener {
    @Override
    public void onOpen() {
      run(() -> host.onOpen(now()));
    }

    @Override
    public void onOctets(Octets octets) {
      run(() -> host.onOctets(now(), octets));
    }

    @Override
    public void onLost(String reason, long retryNanos) {
      run(
          () -> {
            host.onLost(now());
            listener.accept(new StickEvent.PortLost(reason, retryNanos / 1_000_000));
          });
    }
  }

  private final class Around implements Surroundings {
    @Override
    public void write(Octets octets) {
      port.write(octets);
    }

    @Override
    public void reopen(String reason) {
      port.reopen(reason);
    }

    @Override
    public void onFrame(Frame frame) {
      Receiver current = receiver;
      if (current != null) {
        current.onFrame(frame);
      }
    }

    @Override
    public void onSent(long sendId, SendResult result) {
      Receiver current = receiver;
      if (current != null) {
        current.onSent(sendId, result);
      }
    }

    @Override
    public void onServerFound(Peer server) {
      Receiver current = receiver;
      if (current != null) {
        current.onServerFound(server);
      }
    }

    @Override
    public void onNoServer() {
      Receiver current = receiver;
      if (current != null) {
        current.onNoServer();
      }
    }

    @Override
    public void report(StickEvent event) {
      if (event instanceof StickEvent.Started started) {
        capture.ifPresent(each -> each.network(started.network()));
      }
      listener.accept(event);
    }

    @Override
    public void onRequest(Outgoing message) {
      capture.ifPresent(each -> each.sent(message));
    }

    @Override
    public void onMessage(Incoming message) {
      capture.ifPresent(each -> each.received(message));
    }
  }
}
