// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.grpc;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.transport.grpc.GrpcDevices;
import org.hanota.transport.grpc.GrpcHub;
import org.hanota.transport.grpc.GrpcLimits;
import org.hanota.transport.grpc.GrpcParameter;
import org.hanota.transport.grpc.v1.FrameResult;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.Result;

/** A hub's and many devices' transports; each exchange is a frame there and a frame back. */
final class OurFrames implements AutoCloseable {
  /** An Image Block Request: header 3, fields 14. */
  static final int REQUEST_OCTETS = 17;

  /** An Image Block Response: header 3, fields 14, data 50. */
  static final int RESPONSE_OCTETS = 67;

  private static final int PROFILE = 0x0109;
  private static final int CLUSTER = 0x0019;

  /** A run gets from 1 to some millions; most of these take three octets, as this one. */
  private static final int MIDDLE_SEQUENCE = 1_000_000;

  private static final Peer HUB = new Peer(new Eui64(0x00DB_1234_5678_0001L), 1);

  private final GrpcHub hub;
  private final GrpcDevices connection;
  private final List<Device> devices = new ArrayList<>();
  private final Octets request = Octets.wrap(new byte[REQUEST_OCTETS]);
  private volatile Exchanges exchanges = new Exchanges(0);

  OurFrames(int count, int streams, int framesPerMessage) throws IOException {
    GrpcLimits limits = GrpcLimits.DEFAULT.with(GrpcParameter.FRAMES_PER_MESSAGE, framesPerMessage);
    hub = GrpcHub.builder(HUB).limits(limits).build();
    hub.transport().open(new Answering());
    hub.start();
    connection = GrpcDevices.builder(hub.address()).limits(limits).streams(streams).build();
    connection.start();
    CountDownLatch joined = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Peer self = new Peer(new Eui64(0x00DB_0000_0000_0000L + i), 1);
      Device device = new Device(self, connection.attach(self, List.of()), joined);
      devices.add(device);
      device.transport.open(device);
      device.transport.discover(PROFILE, CLUSTER);
    }
    try {
      joined.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** What a message with one result and one frame takes, by the classes of the contract. */
  static int messageOctets(int zclOctets) {
    return LinkMessage.newBuilder()
        .addResults(
            FrameResult.newBuilder()
                .setSequence(MIDDLE_SEQUENCE)
                .setResult(Result.RESULT_DELIVERED))
        .addFrames(
            org.hanota.transport.grpc.v1.Frame.newBuilder()
                .setSequence(MIDDLE_SEQUENCE)
                .setSourceEui64(HUB.address().value())
                .setSourceEndpoint(HUB.endpoint())
                .setDestinationEui64(HUB.address().value())
                .setDestinationEndpoint(HUB.endpoint())
                .setProfileId(PROFILE)
                .setClusterId(CLUSTER)
                .setApsAcknowledgement(true)
                .setZcl(ByteString.copyFrom(new byte[zclOctets])))
        .build()
        .getSerializedSize();
  }

  long run(int times) {
    Exchanges now = new Exchanges(times);
    exchanges = now;
    devices.forEach(device -> device.next(now));
    now.await();
    return times;
  }

  @Override
  public void close() {
    connection.close();
    hub.close();
  }

  private static Frame frame(Peer from, Peer to, Octets zcl) {
    return new Frame(from, to, PROFILE, CLUSTER, SendOptions.ACKNOWLEDGED, zcl);
  }

  private final class Answering implements Transport.Receiver {
    private final Octets response = Octets.wrap(new byte[RESPONSE_OCTETS]);
    private long sendId;

    @Override
    public void onFrame(Frame frame) {
      hub.transport().send(sendId++, OurFrames.frame(HUB, frame.source(), response));
    }

    @Override
    public void onSent(long id, SendResult result) {
      delivered(result);
    }

    @Override
    public void onServerFound(Peer server) {}

    @Override
    public void onNoServer() {}
  }

  private static void delivered(SendResult result) {
    if (result != SendResult.DELIVERED) {
      throw new IllegalStateException("a frame ended as " + result);
    }
  }

  private final class Device implements Transport.Receiver {
    private final Peer self;
    private final Transport transport;
    private final CountDownLatch joined;

    Device(Peer self, Transport transport, CountDownLatch joined) {
      this.self = self;
      this.transport = transport;
      this.joined = joined;
    }

    void next(Exchanges current) {
      if (current.begin()) {
        transport.send(0, frame(self, HUB, request));
      }
    }

    @Override
    public void onFrame(Frame frame) {
      Exchanges current = exchanges;
      current.end();
      next(current);
    }

    @Override
    public void onSent(long sendId, SendResult result) {
      delivered(result);
    }

    @Override
    public void onServerFound(Peer server) {
      joined.countDown();
    }

    @Override
    public void onNoServer() {
      throw new IllegalStateException("no hub");
    }
  }
}
