// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hanota.api.FormatException;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Transport;
import org.hanota.transport.grpc.v1.Join;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Target R4: whatever the octets, a message, or a refusal that is documented. */
@Timeout(3_600)
class MutatedMessagesTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));

  /** The smallest part of a message takes two octets and becomes an object of some hundred. */
  private static final int ALLOCATED_PER_OCTET = 128;

  private static final int ALLOWANCE = 1 << 14;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void mutatedMessagesAreReadOrRefusedAsDocumented() {
    decoded(20_000, 1);
  }

  @Test
  @Tag("soak")
  void aMillionMutatedMessagesAreReadOrRefusedAsDocumented() {
    decoded(SHORT ? 50_000 : 1_000_000, 2);
  }

  @Test
  void aHubOutlivesMutatedMessages() throws Exception {
    sent(200, 3);
  }

  @Test
  @Tag("soak")
  void aHubOutlivesManyMutatedMessages() throws Exception {
    sent(SHORT ? 5_000 : 100_000, 4);
  }

  private static void decoded(int count, long seed) {
    Mutations mutations = new Mutations(seed);
    int read = 0;
    int refused = 0;
    for (int i = 0; i < count; i++) {
      byte[] octets = mutations.next();
      long bound = ALLOWANCE + (long) ALLOCATED_PER_OCTET * octets.length;
      long before = THREADS.getCurrentThreadAllocatedBytes();
      boolean known = decode(octets);
      if (THREADS.getCurrentThreadAllocatedBytes() - before > bound) {
        before = THREADS.getCurrentThreadAllocatedBytes(); // the first time, classes were loaded
        known = decode(octets);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
            .as("allocated for message %s of seed %s", i, seed)
            .isLessThanOrEqualTo(bound);
      }
      read += known ? 1 : 0;
      refused += known ? 0 : 1;
    }
    System.out.println(count + " mutated gRPC messages, " + read + " still read");
    assertThat(read).isGreaterThan(count / 10);
    assertThat(refused).isGreaterThan(count / 10);
  }

  /** All that the two ends read of a message. */
  private static boolean decode(byte[] octets) {
    try {
      Incoming message = LinkCodec.decode(octets, Han.HUB);
      for (Answer answer : message.answers) {
        assertThat(Fields.result(answer.result())).isNotNull();
      }
      for (LinkEvent event : message.events) {
        Join join = event.getJoin();
        Fields.peer("join", join.getEui64(), join.getEndpoint());
        join.getServerClustersList().forEach(cluster -> Fields.uint16("cluster", cluster));
      }
      boolean right = true;
      for (Incoming.Framed framed : message.frames) {
        right &= framed.frame() != null;
        assertThat(framed.frame() == null || framed.frame().zcl().length() < octets.length)
            .isTrue();
        assertThat(framed.reason().isEmpty()).isEqualTo(framed.frame() != null);
      }
      return right;
    } catch (FormatException documented) {
      return false;
    }
  }

  /** Each on a stream of its own, after a message as it should be. */
  private static void sent(int count, long seed) throws Exception {
    Mutations mutations = new Mutations(seed);
    Inbox atHub = new Inbox();
    Map<Status.Code, Integer> codes = new EnumMap<>(Status.Code.class);
    try (Han han = Han.serving(atHub)) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(
                  "localhost", han.hub.address().getPort(), InsecureChannelCredentials.create())
              .build();
      for (int i = 0; i < count; i++) {
        RawStream stream = new RawStream(channel);
        stream.out.onNext(Mutations.opening());
        stream.out.onNext(mutations.next());
        stream.out.onCompleted();
        codes.merge(stream.ended.get(30, TimeUnit.SECONDS).getCode(), 1, Integer::sum);
        atHub.frames.clear();
        han.hubEvents.clear();
      }
      channel.shutdownNow();
      Inbox known = new Inbox();
      Transport device = han.join(han.connect(), Han.device(200), known);
      device.send(1, Han.frame(Han.device(200), Han.HUB, "00"));
      assertThat(known.result().result()).isEqualTo(SendResult.DELIVERED);
    }
    System.out.println(count + " mutated messages, each on a stream; they ended " + codes);
    assertThat(codes).containsOnlyKeys(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
  }
}
