// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.keys.Sha256;
import org.hanota.transport.grpc.v1.Delivery;
import org.hanota.transport.grpc.v1.FetchRequest;
import org.hanota.transport.grpc.v1.ImagePiece;
import org.hanota.transport.grpc.v1.WanImage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a hub fetches at once, over a connection that the test plays. */
class ImageFetchTest {
  private static final Eui64 HUB = Eui64.parse("00DB123456780001");
  private static final int SIZE = (int) ImageFetch.IMAGE_OCTETS_MAX;

  private final Played channel = new Played();
  private final Map<Long, WanLink.End> refused = new LinkedHashMap<>();
  private final List<Long> came = new ArrayList<>();
  private final ImageFetch fetch = new ImageFetch(HUB, Runnable::run, refused::put);

  private static Octets file(int number, int size) {
    byte[] octets = new byte[size];
    octets[0] = (byte) number;
    return Octets.wrap(octets);
  }

  private void take(int number, int size) {
    fetch.take(
        Delivery.newBuilder()
            .setNumber(number)
            .setRequest("request")
            .setImage(
                WanImage.newBuilder()
                    .setSizeOctets(size)
                    .setSha256(WanCodec.bytes(Sha256.of(file(number, size)))))
            .build(),
        channel,
        new WanLink.Receiver() {
          @Override
          public void onDelivery(WanLink.Delivery delivery) {
            came.add(delivery.number());
          }

          @Override
          public void onHeard(Octets sha256) {}
        });
  }

  /** A channel on which the test answers. */
  private static final class Played extends ManagedChannel {
    private final Map<Octets, ClientCall.Listener<ImagePiece>> calls = new LinkedHashMap<>();

    void whole(Octets file) {
      ClientCall.Listener<ImagePiece> call =
          Objects.requireNonNull(calls.remove(Sha256.of(file)), "it is not fetched");
      call.onMessage(
          ImagePiece.newBuilder().setOctets(ByteString.copyFrom(file.toByteArray())).build());
      call.onClose(Status.OK, new Metadata());
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      return new ClientCall<>() {
        private ClientCall.@Nullable Listener<ImagePiece> answers;

        @Override
        @SuppressWarnings("unchecked") // There is one method that it is asked for.
        public void start(Listener<A> listener, Metadata headers) {
          answers = (Listener<ImagePiece>) listener;
        }

        @Override
        public void sendMessage(Q message) {
          calls.put(
              WanCodec.octets(((FetchRequest) message).getSha256()),
              Objects.requireNonNull(answers));
        }

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {}

        @Override
        public void halfClose() {}
      };
    }

    @Override
    public ManagedChannel shutdown() {
      return this;
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public ManagedChannel shutdownNow() {
      return this;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }

    @Override
    public String authority() {
      return "played";
    }
  }

  /** H155. */
  @Test
  void whatIsTooMuchAtOnceWaitsAndNothingIsGivenUpForIt() {
    for (int number = 1; number <= 4; number++) {
      take(number, SIZE);
    }
    assertThat(channel.calls).hasSize(2);
    channel.whole(file(1, SIZE));
    channel.whole(file(2, SIZE));
    channel.whole(file(3, SIZE));
    channel.whole(file(4, SIZE));
    assertThat(came).containsExactly(1L, 2L, 3L, 4L);
    assertThat(refused).isEmpty();
    assertThat(fetch.keptOctets()).isZero();
  }

  @Test
  void moreThanMayWaitAreRefusedByName() {
    for (int number = 1; number <= ImageFetch.IMAGES_MAX; number++) {
      take(number, 10);
    }
    take(100, 10);
    assertThat(refused.keySet()).containsExactly(100L);
    assertThat(((WanLink.End.Refused) Objects.requireNonNull(refused.get(100L))).reason())
        .contains("allowed 64 at once");
    channel.whole(file(1, 10));
    take(100, 10);
    channel.whole(file(100, 10));
    assertThat(came).containsExactly(1L, 100L);
  }

  @Test
  void whatALostConnectionWasToBringMakesRoom() {
    for (int number = 1; number <= 3; number++) {
      take(number, SIZE);
    }
    fetch.lost(channel);
    channel.calls.clear();
    take(4, SIZE);
    take(5, SIZE);
    channel.whole(file(4, SIZE));
    channel.whole(file(5, SIZE));
    assertThat(came).containsExactly(4L, 5L);
    assertThat(refused).isEmpty();
  }
}
