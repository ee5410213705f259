// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.transport.grpc.v1.Frame;
import org.hanota.transport.grpc.v1.HanGrpc;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.Join;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.jspecify.annotations.Nullable;

/**
 * A process with one device that sends a hub as many frames as it takes: queries of which each says
 * something else, so that the hub has to store it, requests for blocks, and ends of updates.
 */
final class Flooder {
  private static final int FRAMES_PER_MESSAGE = 900;

  private final long address;
  private final ImageId image;
  private long sequence;
  private int round;

  private Flooder(long address, ImageId image) {
    this.address = address;
    this.image = image;
  }

  /** Port of the hub on this machine, address of the device, manufacturer, type and version. */
  public static void main(String[] arguments) throws InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    ImageId image =
        ImageId.of(
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Long.parseLong(arguments[4]));
    Flooder flooder = new Flooder(Long.parseLong(arguments[1]), image);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    while (true) {
      flooder.flood(channel);
      // It was turned out, or the hub is not there.
      channel.resetConnectBackoff();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Until the stream ends. */
  private void flood(ManagedChannel channel) throws InterruptedException {
    Semaphore ready = new Semaphore(0);
    CountDownLatch ended = new CountDownLatch(1);
    Stream stream = new Stream(ready, ended);
    var out = HanGrpc.newStub(channel).link(stream);
    sequence = 0;
    out.onNext(
        LinkMessage.newBuilder()
            .setHello(Hello.newBuilder().setVersion(1).setName("flooder"))
            .addEvents(
                LinkEvent.newBuilder().setJoin(Join.newBuilder().setEui64(address).setEndpoint(1)))
            .build());
    while (ended.getCount() > 0) {
      while (stream.call().isReady() && ended.getCount() > 0) {
        out.onNext(frames());
      }
      boolean unused = ready.tryAcquire(100, TimeUnit.MILLISECONDS);
    }
  }

  private LinkMessage frames() {
    LinkMessage.Builder message = LinkMessage.newBuilder();
    round++;
    for (int i = 0; i < FRAMES_PER_MESSAGE; i++) {
      message.addFrames(frame(ask(i)));
    }
    return message.build();
  }

  private ZclMessage ask(int number) {
    ImageId running =
        ImageId.of(
            image.manufacturerCode().value(),
            image.imageType().value(),
            image.fileVersion().value() - 1);
    return switch (round % 4) {
      case 0 -> new ImageBlockRequest(image, 50L * (number % 64), 50, BlockRequestOptions.NONE);
      case 1 -> new UpgradeEndRequest(ZclStatus.ABORT, image);
      default ->
          new QueryNextImageRequest(
              running, Optional.of(new HardwareVersion((round + number) & 0x7FFF)));
    };
  }

  private Frame frame(ZclMessage message) {
    sequence++;
    Octets zcl = ZclCodec.encode(message, (int) (sequence & 0xFF), false);
    return Frame.newBuilder()
        .setSequence(sequence)
        .setSourceEui64(address)
        .setSourceEndpoint(1)
        .setDestinationEui64(PacedDevices.HUB.address().value())
        .setDestinationEndpoint(PacedDevices.HUB.endpoint())
        .setProfileId(PacedDevices.PROFILE)
        .setClusterId(Clusters.OTA_UPGRADE)
        .setApsAcknowledgement(true)
        .setZcl(ByteString.copyFrom(zcl.toByteArray()))
        .build();
  }

  private static final class Stream implements ClientResponseObserver<LinkMessage, LinkMessage> {
    private final Semaphore ready;
    private final CountDownLatch ended;
    private volatile @Nullable ClientCallStreamObserver<LinkMessage> call;

    Stream(Semaphore ready, CountDownLatch ended) {
      this.ready = ready;
      this.ended = ended;
    }

    ClientCallStreamObserver<LinkMessage> call() {
      return Objects.requireNonNull(call, "not started");
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<LinkMessage> stream) {
      call = stream;
      stream.setOnReadyHandler(ready::release);
    }

    @Override
    public void onNext(LinkMessage answer) {}

    @Override
    public void onError(Throwable fault) {
      System.err.println(fault);
      ended.countDown();
    }

    @Override
    public void onCompleted() {
      ended.countDown();
    }
  }
}
