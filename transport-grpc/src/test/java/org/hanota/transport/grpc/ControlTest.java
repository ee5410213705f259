// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.transport.grpc.v1.ControlGrpc;
import org.hanota.transport.grpc.v1.StartRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ControlTest {
  private static final ImageId IMAGE = ScriptedControl.IMAGE;
  private static final Eui64 DEVICE = Han.device(1).address();

  private final ScriptedControl control = new ScriptedControl();
  private final Han han = new Han(GrpcHub.builder(Han.HUB));
  private Optional<RemoteHub> remote = Optional.empty();

  @BeforeEach
  void serve() throws IOException {
    han.hub.control(control);
    han.start();
    remote = Optional.of(RemoteHub.at(address(), Security.insecure(), Duration.ofSeconds(20)));
  }

  private InetSocketAddress address() {
    return new InetSocketAddress("localhost", han.hub.address().getPort());
  }

  private RemoteHub remote() {
    return remote.orElseThrow();
  }

  @AfterEach
  void end() {
    remote.ifPresent(RemoteHub::close);
    han.close();
  }

  @Test
  void aStatusAndACatalogueComeBackAsTheyWere() {
    assertThat(remote().status()).isEqualTo(control.status());
    assertThat(remote().catalogue()).isEqualTo(control.catalogue());
  }

  @Test
  void aStatusComesPageByPage() {
    HubStatus whole = control.status();
    HubStatus first = remote().status(new HubStatus.Page(new Eui64(0), 1));
    assertThat(first.devices()).containsExactly(whole.devices().get(0));
    assertThat(first.next()).contains(Han.device(2).address());
    assertThat(first.knownDevices()).isEqualTo(2);
    assertThat(first.outage()).contains("the disk is full");
    assertThat(first.doubtedUtcMillis()).hasValue(1_900_000_000_123L);
    HubStatus second = remote().status(new HubStatus.Page(Han.device(2).address(), 1));
    assertThat(second.devices()).containsExactly(whole.devices().get(1));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void noStatusAsksForVeryManyDevicesAtOnce() {
    control.pages.clear();
    assertThat(remote().status().devices()).hasSize(2);
    assertThat(control.pages).allSatisfy(page -> assertThat(page.limit()).isBetween(1, 1_000));
  }

  @Test
  void anOfferArrivesWithEveryField() {
    Offer plain = Offer.of(Han.device(1), IMAGE);
    Offer full =
        new Offer(
            Han.device(1),
            IMAGE,
            new UpgradeTime.At(1_800_000_000_000L),
            0,
            Optional.of(DowngradePermission.because("the new one fails")),
            Optional.of(new VersionRange(new FileVersion(3), new FileVersion(0xFFFF_FFFEL))),
            PhaseTimeouts.NONE
                .with(Timed.HOLDING, PhaseTimeouts.LONGEST_MS)
                .with(Timed.VERIFYING, 1));
    Offer held = new Offer(Han.device(2), IMAGE, new UpgradeTime.Held(), -1, Optional.empty());
    for (Offer offer : List.of(plain, full, held)) {
      assertThat(remote().start(offer)).isEqualTo(new HubControl.Answer.Accepted());
    }
    assertThat(control.offers.subList(0, 2)).containsExactly(plain, full);
  }

  @Test
  void wishesAreAnswered() {
    assertThat(remote().pause(DEVICE)).isEqualTo(new HubControl.Answer.Accepted());
    assertThat(remote().resume(DEVICE))
        .isEqualTo(new HubControl.Answer.Refused("it is not paused"));
    assertThat(remote().abort(DEVICE, "alice: drains the battery"))
        .isEqualTo(new HubControl.Answer.Accepted());
    assertThat(control.asked)
        .containsExactly("pause " + DEVICE, "resume " + DEVICE, "abort " + DEVICE);
  }

  @Test
  void wishesForAnImageAreAnswered() {
    assertThat(remote().pause(IMAGE, "alice: drains the battery"))
        .isEqualTo(new HubControl.Answer.Accepted());
    assertThat(remote().resume(IMAGE))
        .isEqualTo(new HubControl.Answer.Refused("nothing was said of it"));
    assertThat(remote().abort(IMAGE, "bob: wrong image"))
        .isEqualTo(new HubControl.Answer.Accepted());
    assertThat(control.asked)
        .containsExactly(
            "pause " + IMAGE + " alice: drains the battery",
            "resume " + IMAGE,
            "abort " + IMAGE + " bob: wrong image");
  }

  @Test
  void everyEventIsSeenFromAfar() throws Exception {
    List<UpdateEvent> events =
        List.of(
            new UpdateEvent.Queued(DEVICE, IMAGE, 3),
            new UpdateEvent.Notified(DEVICE, IMAGE),
            new UpdateEvent.Querying(DEVICE, IMAGE),
            new UpdateEvent.Started(DEVICE, IMAGE, 100, 10),
            new UpdateEvent.Transferring(DEVICE, IMAGE, 100, 20, OptionalLong.of(5)),
            new UpdateEvent.Paused(DEVICE, IMAGE, 20, "busy", 1_000),
            new UpdateEvent.Verifying(DEVICE, IMAGE),
            new UpdateEvent.Verified(DEVICE, IMAGE, "signature"),
            new UpdateEvent.Waiting(DEVICE, IMAGE, "noon"),
            new UpdateEvent.Activating(DEVICE, IMAGE),
            new UpdateEvent.Confirmed(DEVICE, IMAGE),
            new UpdateEvent.Failed(DEVICE, IMAGE, UpdateEvent.Failure.EXPIRED, "late"));
    BlockingQueue<UpdateEvent> seen = new LinkedBlockingQueue<>();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    try (AutoCloseable watch = remote().watch(seen::add, ended::add)) {
      Han.await(() -> !control.listeners.isEmpty());
      for (UpdateEvent event : events) {
        control.listeners.forEach(listener -> listener.accept(event));
      }
      for (UpdateEvent event : events) {
        assertThat(Inbox.within(seen)).isEqualTo(event);
      }
      assertThat(watch).isNotNull();
    }
    Han.await(control.listeners::isEmpty);
    assertThat(ended).isEmpty();
  }

  @Test
  void aRequestThatIsNoRequestIsRefusedByField() {
    ManagedChannel channel = NettyChannelBuilder.forAddress(address()).usePlaintext().build();
    try {
      ControlGrpc.ControlBlockingStub stub = ControlGrpc.newBlockingStub(channel);
      assertThatThrownBy(
              () -> {
                var unused = stub.start(StartRequest.newBuilder().setEndpoint(256).build());
              })
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("INVALID_ARGUMENT")
          .hasMessageContaining("device_endpoint");
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void healthAndReflectionAreServed() {
    ManagedChannel channel = NettyChannelBuilder.forAddress(address()).usePlaintext().build();
    try {
      ServingStatus status =
          HealthGrpc.newBlockingStub(channel)
              .check(HealthCheckRequest.newBuilder().setService("hanota.v1.Han").build())
              .getStatus();
      assertThat(status).isEqualTo(ServingStatus.SERVING);
      BlockingQueue<String> services = new LinkedBlockingQueue<>();
      StreamObserver<ServerReflectionRequest> ask =
          ServerReflectionGrpc.newStub(channel)
              .serverReflectionInfo(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                      services.add(response.getListServicesResponse().toString());
                    }

                    @Override
                    public void onError(Throwable fault) {
                      services.add(String.valueOf(Status.fromThrowable(fault)));
                    }

                    @Override
                    public void onCompleted() {}
                  });
      ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertThat(Inbox.within(services)).contains("hanota.v1.Han", "hanota.v1.Control");
      ask.onCompleted();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void aHubThatIsNotThereIsSaidToBeSo() throws IOException {
    try (RemoteHub nobody =
        RemoteHub.at(
            new InetSocketAddress("localhost", 1), Security.insecure(), Duration.ofSeconds(20))) {
      assertThatThrownBy(nobody::catalogue)
          .isInstanceOf(RemoteHub.HubUnreachable.class)
          .hasMessageContaining("localhost:1")
          .hasMessageContaining("nothing answers there");
    }
  }

  /** As a server of TLS does with plaintext, which of the two is a race. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHubThatClosesAPlaintextConnectionIsSaidToWantCertificates(boolean reset) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        RemoteHub hub =
            RemoteHub.at(
                new InetSocketAddress("localhost", server.getLocalPort()),
                Security.insecure(),
                Duration.ofSeconds(20))) {
      Thread closing =
          new Thread(
              () -> {
                while (!server.isClosed()) {
                  try (Socket socket = server.accept()) {
                    int first = socket.getInputStream().read();
                    socket.setSoLinger(reset && first >= 0, 0);
                  } catch (IOException ended) {
                    return;
                  }
                }
              });
      closing.start();
      assertThatThrownBy(hub::catalogue)
          .isInstanceOf(RemoteHub.HubUnreachable.class)
          .hasMessageContaining("does it want certificates");
    }
  }
}
