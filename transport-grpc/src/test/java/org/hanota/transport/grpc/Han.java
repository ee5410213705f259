// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;

/** A hub and device processes of a test, all in this process and over loopback. */
final class Han implements AutoCloseable {
  static final Peer HUB = new Peer(new Eui64(0x00DB_1234_5678_0001L), 1);
  private static final long FIRST_DEVICE = 0x00DB_1234_0000_0000L;

  final GrpcHub hub;
  final BlockingQueue<HanEvent> hubEvents = new LinkedBlockingQueue<>();
  final BlockingQueue<HanEvent> deviceEvents = new LinkedBlockingQueue<>();
  private final List<GrpcDevices> clients = new ArrayList<>();

  Han(GrpcHub.Builder builder) {
    hub = builder.listener(hubEvents::add).build();
  }

  /** A hub that serves, and whose node puts what comes into the inbox. */
  static Han serving(Inbox inbox) {
    return serving(inbox, UnaryOperator.identity());
  }

  static Han serving(Transport.Receiver inbox, UnaryOperator<GrpcHub.Builder> with) {
    Han han = new Han(with.apply(GrpcHub.builder(HUB)));
    han.hub.transport().open(inbox);
    han.start();
    return han;
  }

  void start() {
    try {
      hub.start();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  static Peer device(int number) {
    return new Peer(new Eui64(FIRST_DEVICE + number), 1);
  }

  GrpcDevices connect() {
    return connect(UnaryOperator.identity());
  }

  GrpcDevices connect(UnaryOperator<GrpcDevices.Builder> with) {
    return connect(hub.address(), with);
  }

  GrpcDevices connect(InetSocketAddress to, UnaryOperator<GrpcDevices.Builder> with) {
    GrpcDevices devices = with.apply(GrpcDevices.builder(to)).listener(deviceEvents::add).build();
    clients.add(devices);
    try {
      devices.start();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    return devices;
  }

  /** A device whose link is there. */
  Transport join(GrpcDevices devices, Peer self, Transport.Receiver inbox) {
    Transport transport = devices.attach(self, List.of());
    transport.open(inbox);
    await(() -> hub.devices().contains(self));
    return transport;
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it did not come to be");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  <T extends HanEvent> T event(BlockingQueue<HanEvent> events, Class<T> type) {
    while (true) {
      HanEvent event = Inbox.within(events);
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  static Frame frame(Peer from, Peer to, String hex) {
    return new Frame(from, to, 0x0109, 0x0019, SendOptions.ACKNOWLEDGED, Octets.fromHex(hex));
  }

  @Override
  public void close() {
    clients.forEach(GrpcDevices::close);
    hub.close();
  }
}
