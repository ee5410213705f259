// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.hanota.api.Octets;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Transport;
import org.hanota.transport.grpc.v1.Frame;
import org.hanota.transport.grpc.v1.FrameResult;
import org.hanota.transport.grpc.v1.HanGrpc;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.Join;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.hanota.transport.grpc.v1.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each stranger is refused by name, and service for the others goes on. */
@Timeout(60)
class StrangersTest {
  private static final GrpcLimits LIMITS =
      GrpcLimits.DEFAULT
          .with(GrpcParameter.FRAME_OCTETS, 200)
          .with(GrpcParameter.JOIN_DEADLINE, 1_500)
          .with(GrpcParameter.LINKS, 10)
          .with(GrpcParameter.STREAMS, 4)
          .with(GrpcParameter.REFUSALS, 3);

  private final Inbox atHub = new Inbox();
  private final Certificates certificates;
  private final Han han;
  private final List<ManagedChannel> channels = new ArrayList<>();

  StrangersTest(@TempDir Path folder) throws IOException {
    certificates = new Certificates(folder);
    han = Han.serving(atHub, b -> b.security(certificates.of("hub")).limits(LIMITS));
  }

  @AfterEach
  void end() {
    channels.forEach(ManagedChannel::shutdownNow);
    // Whatever the stranger did, a known device is served.
    Inbox one = new Inbox();
    Transport device = han.join(known(), Han.device(99), one);
    atHub.frames.clear();
    device.send(1, Han.frame(Han.device(99), Han.HUB, "99"));
    assertThat(one.result().result()).isEqualTo(SendResult.DELIVERED);
    assertThat(atHub.frame().source()).isEqualTo(Han.device(99));
    han.close();
  }

  private GrpcDevices known() {
    return han.connect(b -> b.security(certificates.of("devices")));
  }

  private HanEvent.Refused refused() {
    return han.event(han.hubEvents, HanEvent.Refused.class);
  }

  private ManagedChannel channel(Security security) throws IOException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                "localhost",
                han.hub.address().getPort(),
                Credentials.client(
                    security, Standing.of(security, InstantSource.system()), event -> {}))
            .build();
    channels.add(channel);
    return channel;
  }

  /** A client that says what it likes. */
  private final class Raw implements StreamObserver<LinkMessage> {
    final BlockingQueue<LinkMessage> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<Status> ended = new LinkedBlockingQueue<>();
    final StreamObserver<LinkMessage> out;
    private long sequence;

    Raw() throws IOException {
      this(certificates.of("devices"));
    }

    Raw(Security security) throws IOException {
      out = HanGrpc.newStub(channel(security)).link(this);
    }

    Raw joined(int device) {
      out.onNext(
          LinkMessage.newBuilder()
              .setHello(Hello.newBuilder().setVersion(1).setName("raw"))
              .addEvents(join(device))
              .build());
      return this;
    }

    LinkEvent join(int device) {
      return LinkEvent.newBuilder()
          .setJoin(Join.newBuilder().setEui64(Han.device(device).address().value()).setEndpoint(1))
          .build();
    }

    void frame(int device, int octets) {
      frame(device, octets, ++sequence);
    }

    void frame(int device, int octets, long numbered) {
      Frame frame =
          FrameCodec.encode(
              Han.frame(Han.device(device), Han.HUB, "00").withZcl(Octets.wrap(new byte[octets])),
              numbered);
      out.onNext(LinkMessage.newBuilder().addFrames(frame).build());
    }

    /** The first result that comes from now on. */
    FrameResult result() {
      LinkMessage message = Inbox.within(messages);
      while (message.getResultsCount() == 0) {
        message = Inbox.within(messages);
      }
      return message.getResults(0);
    }

    Status status() {
      return Inbox.within(ended);
    }

    @Override
    public void onNext(LinkMessage message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable fault) {
      ended.add(Status.fromThrowable(fault));
    }

    @Override
    public void onCompleted() {
      ended.add(Status.OK);
    }
  }

  @Test
  void aKnownDeviceJoinsOverMutualTls() {
    Inbox one = new Inbox();
    Transport device = han.join(known(), Han.device(1), one);
    device.send(1, Han.frame(Han.device(1), Han.HUB, "01"));
    assertThat(one.result().result()).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void whoShowsNoCertificateIsTurnedAway() throws IOException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                "localhost",
                han.hub.address().getPort(),
                TlsChannelCredentials.newBuilder()
                    .trustManager(certificates.authority().toFile())
                    .build())
            .build();
    channels.add(channel);
    BlockingQueue<Status> ended = new LinkedBlockingQueue<>();
    HanGrpc.newStub(channel)
        .link(
            new StreamObserver<>() {
              @Override
              public void onNext(LinkMessage message) {}

              @Override
              public void onError(Throwable fault) {
                ended.add(Status.fromThrowable(fault));
              }

              @Override
              public void onCompleted() {}
            })
        .onCompleted();
    Status status = Inbox.within(ended);
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).contains("shows no certificate");
    assertThat(refused().reason()).contains("shows no certificate");
  }

  @Test
  void whoShowsACertificateOfAnotherAuthorityIsNamedAndTurnedAway() {
    han.connect(b -> b.security(certificates.of("impostor"))).attach(Han.device(1), List.of());
    HanEvent.Refused refused = refused();
    assertThat(refused.who()).isEqualTo("CN=impostor");
    assertThat(refused.reason())
        .isEqualTo(
            "its certificate is of another authority than those that this side knows, of"
                + " CN=test authority");
    // A handshake does not know from where it comes.
    assertThat(refused.words()).startsWith("refused CN=impostor: its certificate");
    assertThat(han.hub.devices()).isEmpty();
  }

  @Test
  void aHubThatIsNotTheOneOfItsCertificateIsLeft() throws IOException {
    try (Han other = Han.serving(new Inbox(), b -> b.security(certificates.of("otherhub")))) {
      GrpcDevices devices = other.connect(b -> b.security(certificates.of("devices")));
      devices.attach(Han.device(1), List.of()).open(new Inbox());
      assertThat(other.event(other.deviceEvents, HanEvent.Refused.class).who())
          .isEqualTo(Han.HUB.toString());
    }
  }

  @Test
  void anAddressThatTheCertificateDoesNotNameMayNotJoin() {
    Inbox inbox = new Inbox();
    Transport stranger = known().attach(Han.device(100), List.of());
    stranger.open(inbox);
    HanEvent.Refused refused = refused();
    assertThat(refused.who()).isEqualTo(Han.device(100).toString());
    assertThat(refused.reason()).contains("names");
    assertThat(han.event(han.deviceEvents, HanEvent.Refused.class).who())
        .isEqualTo(Han.device(100).toString());
    stranger.send(1, Han.frame(Han.device(100), Han.HUB, "00"));
    assertThat(inbox.result().result()).isEqualTo(SendResult.NO_ROUTE);
  }

  @Test
  void aFrameFromAnAddressThatHasNotJoinedIsRefusedByNameAndThenTheStreamEnds() throws IOException {
    Raw raw = new Raw().joined(1);
    for (int i = 0; i < LIMITS.count(GrpcParameter.REFUSALS); i++) {
      raw.frame(2, 3);
      assertThat(refused().who()).isEqualTo(Han.device(2).toString());
    }
    Status status = raw.status();
    assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(atHub.frames).isEmpty();
  }

  @Test
  void anOversizedFrameIsRefusedWithItsSize() throws IOException {
    Raw raw = new Raw().joined(1);
    raw.frame(1, 201);
    assertThat(refused().reason()).contains("201 octets");
    assertThat(raw.result().getResult()).isEqualTo(Result.RESULT_REFUSED);
    assertThat(atHub.frames).isEmpty();
  }

  @Test
  void aFrameThatIsReplayedIsRefusedByNameAndNotTakenAgain() throws IOException {
    Raw raw = new Raw().joined(1);
    raw.frame(1, 3, 7);
    assertThat(raw.result().getResult()).isEqualTo(Result.RESULT_DELIVERED);
    assertThat(atHub.frame().source()).isEqualTo(Han.device(1));
    for (long replayed : new long[] {7, 6}) {
      raw.frame(1, 3, replayed);
      HanEvent.Refused refused = refused();
      assertThat(refused.who()).isEqualTo(Han.device(1).toString());
      assertThat(refused.reason()).contains("sequence " + replayed).contains("more than 7");
      assertThat(raw.result().getResult()).isEqualTo(Result.RESULT_REFUSED);
    }
    raw.frame(1, 3, 8);
    assertThat(raw.result().getResult()).isEqualTo(Result.RESULT_DELIVERED);
    assertThat(atHub.frame().source()).isEqualTo(Han.device(1));
    assertThat(atHub.frames).isEmpty();
  }

  @Test
  void anOversizedMessageEndsTheStream() throws IOException {
    Raw raw = new Raw().joined(1);
    raw.frame(1, 2 * LIMITS.messageOctets());
    assertThat(raw.status().isOk()).isFalse();
    assertThat(refused().reason()).contains("exceeds maximum size");
  }

  @Test
  void octetsThatAreNoMessageEndTheStreamAndAreNamed() throws IOException {
    RawStream raw = new RawStream(channel(certificates.of("devices")));
    raw.out.onNext(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
    assertThat(raw.ended.join().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    HanEvent.Refused refused = refused();
    assertThat(refused.who()).isEqualTo("CN=devices");
    assertThat(refused.reason()).contains("allowed a hanota.v1.LinkMessage");
  }

  @Test
  void endlessFramesOfOneDeviceDoNotStopTheOthers() throws IOException {
    Raw raw = new Raw().joined(1);
    for (int i = 0; i < 20_000; i++) {
      raw.frame(1, 100);
    }
    Inbox two = new Inbox();
    Transport device = han.join(known(), Han.device(2), two);
    device.send(1, Han.frame(Han.device(2), Han.HUB, "02"));
    assertThat(two.result().result()).isEqualTo(SendResult.DELIVERED);
  }

  @Test
  void aStreamWithoutHelloEnds() throws IOException {
    Raw raw = new Raw();
    raw.frame(1, 3);
    assertThat(raw.status().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void aStreamOnWhichNobodyJoinsEnds() throws IOException {
    Raw raw = new Raw();
    assertThat(raw.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void moreStreamsThanAllowedWaitAndMoreDevicesAreRefused() throws IOException {
    Raw raw = new Raw().joined(0);
    LinkMessage.Builder joins = LinkMessage.newBuilder();
    for (int i = 1; i <= LIMITS.count(GrpcParameter.LINKS); i++) {
      joins.addEvents(raw.join(i));
    }
    raw.out.onNext(joins.build());
    HanEvent.Refused refused = refused();
    assertThat(refused.who()).isEqualTo(Han.device(LIMITS.count(GrpcParameter.LINKS)).toString());
    assertThat(refused.reason()).contains("allowed are no more");
  }

  @Test
  void aThreadThatAcceptsOrServesAndDiesIsTold() throws Exception {
    try (Han other = Han.serving(new Inbox())) {
      GrpcServer server = other.hub.server();
      for (EventLoopGroup threads : List.of(server.accepting(), server.serving())) {
        // As the end of its thread by an error, which nothing here can bring about from outside.
        var unused = threads.shutdownGracefully();
        assertThat(other.event(other.hubEvents, HanEvent.ServerDied.class).thread()).isNotEmpty();
      }
    }
  }

  @Test
  void whoIsNoOperatorMayNotSteerAHub() throws IOException {
    Han steered = new Han(GrpcHub.builder(Han.HUB).security(certificates.of("hub")));
    steered.hub.control(new ScriptedControl());
    steered.start();
    InetSocketAddress at = new InetSocketAddress("localhost", steered.hub.address().getPort());
    Duration patience = Duration.ofSeconds(20);
    try (RemoteHub device = RemoteHub.at(at, certificates.of("devices"), patience);
        RemoteHub operator = RemoteHub.at(at, certificates.of("operator"), patience)) {
      assertThatThrownBy(device::status)
          .isInstanceOf(RemoteHub.HubUnreachable.class)
          .hasMessageContaining("it refuses: CN=devices its certificate lacks");
      assertThat(operator.status().hub()).isEqualTo(Han.HUB.address());
    } finally {
      steered.close();
    }
  }

  @Test
  void plaintextBeyondLoopbackTakesForce() {
    InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
    assertThatThrownBy(() -> GrpcHub.builder(Han.HUB).listen(everywhere).build().start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0.0.0");
    try (GrpcHub forced =
        GrpcHub.builder(Han.HUB).listen(everywhere).security(new Security.Insecure(true)).build()) {
      forced.start();
      assertThat(forced.address().getPort()).isPositive();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  @Test
  void plaintextToAHubWithTlsIsNotAnswered() {
    assertThatThrownBy(
            () -> {
              try (RemoteHub plain =
                  RemoteHub.at(
                      new InetSocketAddress("localhost", han.hub.address().getPort()),
                      Security.insecure(),
                      Duration.ofSeconds(20))) {
                plain.status();
              }
            })
        .isInstanceOf(RemoteHub.HubUnreachable.class)
        .hasCauseInstanceOf(StatusRuntimeException.class);
  }
}
