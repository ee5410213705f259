// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.transport.grpc.v1.Discover;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.Join;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client that sends without measure does not keep the others waiting. */
@Timeout(120)
class FloodTest {
  private static final int HOSTILE = 66;
  private static final int HONEST = 1;

  private final ExecutorService hubThread = Executors.newSingleThreadExecutor();
  private final AtomicInteger dealt = new AtomicInteger();
  private final Inbox atHub = new Inbox(this::slowly);
  private final Han han = Han.serving(atHub, b -> b.callbacks(hubThread));
  private final List<ManagedChannel> channels = new ArrayList<>();
  private long sequence;

  /** As a hub that writes to its disk for each frame of some kind. */
  private void slowly(Frame frame) {
    if (frame.source().equals(Han.device(HOSTILE))) {
      dealt.incrementAndGet();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @AfterEach
  void end() {
    channels.forEach(ManagedChannel::shutdownNow);
    han.close();
    hubThread.shutdownNow();
  }

  private ManagedChannel channel() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", han.hub.address().getPort())
            .usePlaintext()
            .build();
    channels.add(channel);
    return channel;
  }

  private static LinkMessage.Builder joining(int... devices) {
    LinkMessage.Builder first =
        LinkMessage.newBuilder().setHello(Hello.newBuilder().setVersion(1).setName("raw"));
    for (int device : devices) {
      first.addEvents(
          LinkEvent.newBuilder()
              .setJoin(
                  Join.newBuilder().setEui64(Han.device(device).address().value()).setEndpoint(1)));
    }
    return first;
  }

  private RawStream joined(int... devices) {
    RawStream stream = new RawStream(channel());
    stream.out.onNext(joining(devices).build().toByteArray());
    return stream;
  }

  private LinkMessage frames(int device, int count) {
    LinkMessage.Builder message = LinkMessage.newBuilder();
    Frame frame = Han.frame(Han.device(device), Han.HUB, "00");
    for (int i = 0; i < count; i++) {
      message.addFrames(FrameCodec.encode(frame, ++sequence));
    }
    return message.build();
  }

  private HanEvent.Refused refused() {
    return han.event(han.hubEvents, HanEvent.Refused.class);
  }

  @Test
  @DisplayName("attack 9: frames of one device without end do not keep another waiting")
  void framesOfOneDeviceWithoutEndDoNotKeepAnotherWaiting() {
    RawStream hostile = joined(HOSTILE);
    for (int i = 0; i < 80; i++) {
      hostile.out.onNext(frames(HOSTILE, 900).toByteArray());
    }
    Han.await(() -> dealt.get() > 0);
    Inbox inbox = new Inbox();
    Transport honest = han.join(han.connect(), Han.device(HONEST), inbox);
    for (int i = 1; i <= 10; i++) {
      int before = dealt.get();
      honest.send(i, Han.frame(Han.device(HONEST), Han.HUB, "01"));
      assertThat(inbox.result()).isEqualTo(new Inbox.Sent(i, SendResult.DELIVERED));
      assertThat(dealt.get() - before)
          .as("hostile frames before honest frame %s", i)
          .isLessThan(500);
    }
  }

  @Test
  void framesOfOneDeviceWithoutEndDoNotKeepThoseOfItsOwnStreamWaiting() throws Exception {
    RawStream shared = joined(HOSTILE, HONEST);
    for (int i = 0; i < 40; i++) {
      shared.out.onNext(frames(HOSTILE, 900).toByteArray());
    }
    Han.await(() -> dealt.get() > 0);
    int before = dealt.get();
    shared.out.onNext(frames(HONEST, 1).toByteArray());
    Han.await(() -> atHub.frames.stream().anyMatch(f -> f.source().equals(Han.device(HONEST))));
    assertThat(dealt.get() - before).isLessThan(10_000);
  }

  @Test
  @DisplayName("attack 9: a message of too many frames ends the stream by name")
  void aMessageOfTooManyFramesEndsTheStreamByName() {
    RawStream hostile = joined(HOSTILE);
    hostile.out.onNext(frames(HOSTILE, 7_000).toByteArray());
    Status status = hostile.ended.orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains("frames").contains("allowed up to 1024");
    assertThat(refused().reason()).contains("allowed up to 1024");
    assertThat(dealt.get()).isZero();
  }

  @Test
  void aMessageOfTooManyResultsOrEventsEndsTheStreamByName() {
    LinkMessage.Builder events = LinkMessage.newBuilder();
    for (int i = 0; i < 17_000; i++) {
      events.addEvents(
          LinkEvent.newBuilder()
              .setDiscover(Discover.newBuilder().setEui64(Han.device(HOSTILE).address().value())));
    }
    RawStream hostile = joined(HOSTILE);
    hostile.out.onNext(events.build().toByteArray());
    Status status = hostile.ended.orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(status.getDescription()).contains("results and events").contains("16384");
    assertThat(refused().reason()).contains("results and events");
  }

  @Test
  void framesThatFindNoRoomAreAnsweredAsBusy() {
    BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    RawStream hostile =
        new RawStream(channel()) {
          @Override
          public void onNext(byte[] message) {
            try {
              LinkMessage.parseFrom(message)
                  .getResultsList()
                  .forEach(result -> results.add(result.getResult()));
            } catch (com.google.protobuf.InvalidProtocolBufferException fault) {
              throw new AssertionError(fault);
            }
          }
        };
    hostile.out.onNext(joining(HOSTILE).build().toByteArray());
    for (int i = 0; i < 4; i++) {
      hostile.out.onNext(frames(HOSTILE, 1_000).toByteArray());
    }
    Result result = Inbox.within(results);
    while (result != Result.RESULT_BUSY) {
      result = Inbox.within(results);
    }
    assertThat(dealt.get()).isLessThan(3_000);
  }

  @Test
  void anOversizedMessageThatTravelsCompressedIsNamed() {
    RawStream hostile = new RawStream(channel(), CallOptions.DEFAULT.withCompression("gzip"));
    hostile.out.onNext(new byte[10 << 20]);
    Status status = hostile.ended.orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(status.isOk()).isFalse();
    assertThat(refused().reason()).containsIgnoringCase("exceeds maximum");
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(status.getDescription()).containsIgnoringCase("exceeds maximum");
  }

  @Test
  void aMessageThatCannotBeUnpackedIsNamed() {
    CompressorRegistry packing = CompressorRegistry.newEmptyInstance();
    packing.register(new NotGzip());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", han.hub.address().getPort())
            .usePlaintext()
            .compressorRegistry(packing)
            .build();
    channels.add(channel);
    byte[] brokenInside = new byte[100];
    byte[] header = {0x1F, (byte) 0x8B, 8};
    System.arraycopy(header, 0, brokenInside, 0, header.length);
    Arrays.fill(brokenInside, 10, brokenInside.length, (byte) 0xFF);
    for (byte[] octets : List.of(new byte[] {1, 2, 3}, brokenInside)) {
      RawStream hostile = new RawStream(channel, CallOptions.DEFAULT.withCompression("gzip"));
      hostile.out.onNext(octets);
      Status status = hostile.ended.orTimeout(30, TimeUnit.SECONDS).join();
      assertThat(status.isOk()).isFalse();
      assertThat(refused().reason())
          .as("%s", status)
          .containsPattern("cannot be unpacked|INTERNAL|UNKNOWN")
          .doesNotContain("in time");
    }
  }

  /** Says that it packs as gzip and does not. */
  private static final class NotGzip implements Codec {
    @Override
    public String getMessageEncoding() {
      return "gzip";
    }

    @Override
    public InputStream decompress(InputStream in) {
      return in;
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return out;
    }
  }

  @Test
  void whoResetsStreamsWithoutEndIsDisconnected() throws Exception {
    ManagedChannel channel = channel();
    RawStream kept = new RawStream(channel);
    kept.out.onNext(joining(HOSTILE).build().toByteArray());
    int resets = 0;
    while (resets < 5_000 && !kept.ended.isDone()) {
      RawStream reset = new RawStream(channel);
      reset.out.onNext(joining(HOSTILE + 1).build().toByteArray());
      resets++;
      if (resets % 10 == 0) {
        // What was not sent yet is never reset.
        TimeUnit.MILLISECONDS.sleep(5);
      }
      reset.out.onError(Status.CANCELLED.asRuntimeException());
    }
    assertThat(kept.ended).as("ended after %s resets", resets).isDone();
    assertThat(kept.ended.join().isOk()).isFalse();
    Inbox inbox = new Inbox();
    Transport honest = han.join(han.connect(), Han.device(HONEST), inbox);
    honest.send(1, Han.frame(Han.device(HONEST), Han.HUB, "01"));
    assertThat(inbox.result().result()).isEqualTo(SendResult.DELIVERED);
  }
}
