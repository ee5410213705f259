// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.transport.serial.stick.Outgoing;
import org.jspecify.annotations.Nullable;

/** The transport of one emulated device. */
final class DeviceRadio implements Transport {
  /** What the device's messages meet: the network around it. */
  interface Network {
    /** A message of this device; what became of it. */
    SendResult fromDevice(DeviceRadio radio, Frame frame);

    /** The server that a question would find, or null. */
    @Nullable Peer server(int profileId, int clusterId);
  }

  /** Header of 17 octets and a block of 65: what the air carries without APS security. */
  private static final int MAXIMUM_PAYLOAD = 82;

  private static final long SECOND = 1_000_000_000L;

  private final EmulatedDevice device;
  private final EmulatorConfig config;
  private final Peer coordinator;
  private final Scheduler scheduler;
  private final Network network;
  private boolean joined;
  private volatile boolean closed;
  private volatile @Nullable Receiver receiver;

  DeviceRadio(EmulatedDevice device, EmulatorConfig config, Scheduler scheduler, Network network) {
    this.device = device;
    this.config = config;
    this.coordinator = new Peer(config.address(), 0);
    this.scheduler = scheduler;
    this.network = network;
    this.joined = device.joined();
  }

  EmulatedDevice device() {
    return device;
  }

  boolean joined() {
    return joined;
  }

  void join() {
    joined = true;
  }

  /** The device hears a message of the host. */
  void deliver(Outgoing message) {
    Receiver current = receiver;
    if (current == null || closed) {
      return;
    }
    current.onFrame(
        new Frame(
            new Peer(coordinator.address(), message.sourceEndpoint()),
            message.broadcast() ? Peer.BROADCAST : device.self(),
            message.profileId(),
            message.clusterId(),
            SendOptions.ACKNOWLEDGED.withEncryption(message.encrypted()),
            message.data()));
  }

  @Override
  public void open(Receiver opened) {
    if (receiver != null) {
      throw new IllegalStateException(device.self() + " is open already");
    }
    receiver = opened;
  }

  @Override
  public void send(long sendId, Frame frame) {
    if (!frame.source().equals(device.self())) {
      throw new IllegalArgumentException(
          "source is " + frame.source() + ", allowed " + device.self());
    }
    scheduler.schedule(
        config.replyTime().toNanos(),
        () -> {
          Receiver current = receiver;
          if (!closed && current != null) {
            SendResult result = joined ? network.fromDevice(this, frame) : SendResult.NO_ROUTE;
            current.onSent(sendId, result);
          }
        });
  }

  @Override
  public void discover(int profileId, int clusterId) {
    search(profileId, clusterId, config.replyTime().toNanos(), config.searchTime().toNanos());
  }

  /** A device that has not joined goes on until it has; then the host may take a while. */
  private void search(int profileId, int clusterId, long delayNanos, long leftNanos) {
    scheduler.schedule(
        delayNanos,
        () -> {
          Receiver current = receiver;
          if (closed || current == null) {
            return;
          }
          Peer server = joined ? network.server(profileId, clusterId) : null;
          if (server != null) {
            current.onServerFound(server);
          } else if (leftNanos > 0 || !joined) {
            long next = joined ? leftNanos - SECOND : config.searchTime().toNanos();
            search(profileId, clusterId, SECOND, next);
          } else {
            current.onNoServer();
          }
        });
  }

  @Override
  public int maximumPayload(Peer destination) {
    return MAXIMUM_PAYLOAD;
  }

  @Override
  public void close() {
    closed = true;
  }
}
