// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.transport.Frame;
import org.hanota.transport.grpc.v1.FrameResult;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.Joined;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.LinkQuality;
import org.hanota.transport.grpc.v1.Result;
import org.hanota.transport.grpc.v1.Welcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our octets beside those of the classes that are generated from the contract. */
@Timeout(60)
class LinkCodecTest {
  private static final int MESSAGES = 2_000;
  private static final int MUTATIONS = 20_000;

  @Test
  void whatWeWriteIsToTheOctetWhatTheGeneratedClassesWrite() throws InvalidProtocolBufferException {
    SeededRandom random = SeededRandom.of(1, 0, 0);
    WireWriter ours = new WireWriter();
    for (int i = 0; i < MESSAGES; i++) {
      LinkMessage.Builder theirs = LinkMessage.newBuilder();
      for (int j = random.below(3); j > 0; j--) {
        Answer answer =
            new Answer(number(random), random.below(7), random.below(4) == 0 ? "weil, \u20ac" : "");
        LinkCodec.write(answer, ours);
        theirs.addResults(
            FrameResult.newBuilder()
                .setSequence(answer.sequence())
                .setResultValue(answer.result())
                .setReason(answer.reason()));
      }
      for (int j = random.below(2); j > 0; j--) {
        LinkEvent event = event(random);
        LinkCodec.write(event, ours);
        theirs.addEvents(event);
      }
      for (int j = random.below(3); j > 0; j--) {
        Frame frame = frame(random);
        long sequence = number(random);
        LinkCodec.write(frame, sequence, ours);
        theirs.addFrames(FrameCodec.encode(frame, sequence));
      }
      byte[] octets = ours.taken();
      assertThat(octets).isEqualTo(theirs.build().toByteArray());
      sameAs(LinkMessage.parseFrom(octets), LinkCodec.decode(octets, Han.HUB));
    }
  }

  /** Numbers of every length, zero included. */
  private static long number(SeededRandom random) {
    return random.nextLong() >>> random.below(64) >>> random.below(2);
  }

  private static Peer peer(SeededRandom random) {
    return random.below(3) == 0
        ? Han.HUB
        : new Peer(new Eui64(number(random)), random.below(256) >>> random.below(9));
  }

  private static Frame frame(SeededRandom random) {
    SendOptions.Priority[] priorities = SendOptions.Priority.values();
    return new Frame(
        peer(random),
        peer(random),
        random.below(0x10000) >>> random.below(17),
        random.below(0x10000) >>> random.below(17),
        new SendOptions(
            random.below(2) == 0,
            random.below(2) == 0,
            priorities[random.below(priorities.length)]),
        random.octets(random.below(300) >>> random.below(10)));
  }

  private static LinkEvent event(SeededRandom random) {
    return LinkEvent.newBuilder()
        .setJoined(Joined.newBuilder().setEui64(number(random)).setEndpoint(random.below(256)))
        .build();
  }

  private static void sameAs(LinkMessage theirs, Incoming ours) {
    assertThat(ours.hello).isEqualTo(theirs.hasHello() ? theirs.getHello() : null);
    assertThat(ours.welcome).isEqualTo(theirs.hasWelcome() ? theirs.getWelcome() : null);
    assertThat(ours.events).isEqualTo(theirs.getEventsList());
    List<Answer> answers = new ArrayList<>();
    for (FrameResult result : theirs.getResultsList()) {
      answers.add(new Answer(result.getSequence(), result.getResultValue(), result.getReason()));
    }
    assertThat(ours.answers).isEqualTo(answers);
    List<Incoming.Framed> frames = new ArrayList<>();
    for (org.hanota.transport.grpc.v1.Frame frame : theirs.getFramesList()) {
      try {
        frames.add(new Incoming.Framed(frame.getSequence(), FrameCodec.decode(frame), ""));
      } catch (FormatException fault) {
        String reason = String.valueOf(fault.getMessage());
        frames.add(new Incoming.Framed(frame.getSequence(), null, reason));
      }
    }
    assertThat(ours.frames).isEqualTo(frames);
  }

  @Test
  void whatTheGeneratedClassesReadWeReadAlikeAndWhatWeRefuseTheyRefuse() {
    SeededRandom random = SeededRandom.of(2, 0, 0);
    byte[] whole =
        LinkMessage.newBuilder()
            .setHello(Hello.newBuilder().setVersion(1).setName("n"))
            .setWelcome(Welcome.newBuilder().setVersion(1))
            .addResults(FrameResult.newBuilder().setSequence(300).setResult(Result.RESULT_REFUSED))
            .addResults(FrameResult.newBuilder().setSequence(1).setReason("weil"))
            .addEvents(event(random))
            .addFrames(
                FrameCodec.encode(Han.frame(Han.device(1), Han.HUB, "0102030405"), 200).toBuilder()
                    .setLinkQuality(LinkQuality.newBuilder().setLqi(200).setRssiDbm(-70)))
            .addFrames(FrameCodec.encode(Han.frame(Han.HUB, Han.device(1), "01"), 201))
            .build()
            .toByteArray();
    int read = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = whole.clone();
      for (int j = 0; j <= random.below(3); j++) {
        mutated[random.below(mutated.length)] = (byte) random.nextLong();
      }
      LinkMessage theirs;
      try {
        theirs = LinkMessage.parseFrom(mutated);
      } catch (InvalidProtocolBufferException malformed) {
        refused += refuses(mutated) ? 1 : 0;
        continue;
      }
      sameAs(theirs, LinkCodec.decode(mutated, Han.HUB));
      read++;
    }
    assertThat(read).isPositive();
    // The others are inside the link quality, over which we pass.
    assertThat(refused).isGreaterThan((MUTATIONS - read) * 9 / 10);
  }

  private static boolean refuses(byte[] octets) {
    try {
      Incoming unused = LinkCodec.decode(octets, Han.HUB);
      return false;
    } catch (FormatException documented) {
      return true;
    }
  }

  @Test
  void fieldsInAnyOrderAndOfLaterContractsAreRead() {
    byte[] frame = FrameCodec.encode(Han.frame(Han.device(1), Han.HUB, "0102"), 5).toByteArray();
    // Field 100 before, and the sequence once more after.
    byte[] turned = new byte[frame.length + 5];
    turned[0] = (byte) 0xA0;
    turned[1] = 0x06;
    turned[2] = 0x01;
    System.arraycopy(frame, 0, turned, 3, frame.length);
    turned[turned.length - 2] = 0x08;
    turned[turned.length - 1] = 0x07;
    byte[] message = new byte[turned.length + 2];
    message[0] = 0x2A;
    message[1] = (byte) turned.length;
    System.arraycopy(turned, 0, message, 2, turned.length);
    assertThat(LinkCodec.decode(message, Han.HUB).frames)
        .containsExactly(new Incoming.Framed(7, Han.frame(Han.device(1), Han.HUB, "0102"), ""));
  }

  @Test
  void octetsThatAreNoMessageEndTheStreamByName() {
    BlockingQueue<Status> ended = new LinkedBlockingQueue<>();
    try (Han han = Han.serving(new Inbox())) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(
                  "localhost", han.hub.address().getPort(), InsecureChannelCredentials.create())
              .build();
      StreamObserver<byte[]> out =
          ClientCalls.asyncBidiStreamingCall(
              channel.newCall(LinkMethod.LINK, CallOptions.DEFAULT),
              new StreamObserver<>() {
                @Override
                public void onNext(byte[] message) {}

                @Override
                public void onError(Throwable fault) {
                  ended.add(Status.fromThrowable(fault));
                }

                @Override
                public void onCompleted() {}
              });
      out.onNext(new byte[] {0x2A, 0x05, 0x08});
      Status status = Inbox.within(ended);
      assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(status.getDescription()).contains("offset 2", "hanota.v1.LinkMessage");
      assertThat(han.event(han.hubEvents, HanEvent.Refused.class).reason()).contains("offset 2");
      channel.shutdownNow();
    }
  }
}
