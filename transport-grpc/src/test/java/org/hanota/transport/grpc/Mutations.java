// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.Arrays;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.transport.grpc.v1.Discover;
import org.hanota.transport.grpc.v1.FrameResult;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.Join;
import org.hanota.transport.grpc.v1.Left;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.LinkQuality;
import org.hanota.transport.grpc.v1.Result;

/** Messages of the contract, one after the other, each damaged in up to three places. */
final class Mutations {
  private static final int DEVICES = 100;
  private static final int ZCL_MAX = 80;

  private final SeededRandom random;
  private long sequence;

  Mutations(long seed) {
    random = SeededRandom.of(seed, 0, 0);
  }

  /** Nothing is wrong with this one. */
  static byte[] opening() {
    return LinkMessage.newBuilder()
        .setHello(Hello.newBuilder().setVersion(1).setName("mutated"))
        .addEvents(
            LinkEvent.newBuilder()
                .setJoin(
                    Join.newBuilder().setEui64(Han.device(0).address().value()).setEndpoint(1)))
        .build()
        .toByteArray();
  }

  byte[] next() {
    byte[] message = whole().toByteArray();
    for (int i = random.below(4); i > 0 && message.length > 0; i--) {
      message = mutated(message);
    }
    return message;
  }

  private LinkMessage whole() {
    LinkMessage.Builder message = LinkMessage.newBuilder();
    if (random.chance(0.5)) {
      message.setHello(Hello.newBuilder().setVersion(1).setName("mutated"));
    }
    for (int i = random.below(4); i > 0; i--) {
      message.addEvents(event());
    }
    for (int i = random.below(4); i > 0; i--) {
      message.addResults(
          FrameResult.newBuilder()
              .setSequence(random.below(100))
              .setResult(Result.forNumber(random.below(7)))
              .setReason("why"));
    }
    for (int i = random.below(4); i > 0; i--) {
      org.hanota.api.transport.Frame frame =
          Han.frame(Han.device(random.below(DEVICES)), Han.HUB, "00")
              .withZcl(Octets.wrap(new byte[random.below(ZCL_MAX)]));
      message.addFrames(
          FrameCodec.encode(frame, ++sequence).toBuilder()
              .setLinkQuality(LinkQuality.newBuilder().setLqi(200).setRssiDbm(-60)));
    }
    return message.build();
  }

  private LinkEvent event() {
    long device = Han.device(random.below(DEVICES)).address().value();
    LinkEvent.Builder event = LinkEvent.newBuilder();
    switch (random.below(3)) {
      case 0 ->
          event.setJoin(
              Join.newBuilder().setEui64(device).setEndpoint(1).addServerClusters(0x0702));
      case 1 -> event.setLeft(Left.newBuilder().setEui64(device).setEndpoint(1).setReason("why"));
      default ->
          event.setDiscover(
              Discover.newBuilder()
                  .setEui64(device)
                  .setEndpoint(1)
                  .setProfileId(0x0109)
                  .setClusterId(0x0019));
    }
    return event.build();
  }

  private byte[] mutated(byte[] octets) {
    int at = random.below(octets.length);
    switch (random.below(4)) {
      case 0 -> {
        byte[] changed = octets.clone();
        changed[at] = (byte) random.nextLong();
        return changed;
      }
      case 1 -> {
        return Arrays.copyOf(octets, at);
      }
      case 2 -> {
        return spliced(octets, at, at + random.below(octets.length - at + 1));
      }
      default -> {
        return spliced(octets, at, random.below(at + 1));
      }
    }
  }

  /** The octets up to {@code end}, then those from {@code begin}: some repeated or left out. */
  private static byte[] spliced(byte[] octets, int end, int begin) {
    byte[] all = Arrays.copyOf(octets, end + octets.length - begin);
    System.arraycopy(octets, begin, all, end, octets.length - begin);
    return all;
  }
}
