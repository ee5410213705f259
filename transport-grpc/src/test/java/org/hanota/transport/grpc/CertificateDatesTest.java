// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.hanota.transport.grpc.pki.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From when to when a certificate counts is checked at the start, at a handshake and after it. */
@Timeout(60)
class CertificateDatesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final GrpcLimits QUICK =
      GrpcLimits.DEFAULT.with(GrpcParameter.RESULT_DEADLINE, 400);

  private final Certificates certificates;
  private final Instant start = Instant.now();
  private final Instant inTwoDays = start.plus(Duration.ofDays(2));
  private volatile Instant now = start;

  /** A clock that is behind: it lets its owner start with a certificate that has ended. */
  private final InstantSource behind = () -> start.minus(Duration.ofDays(3));

  CertificateDatesTest(@TempDir Path folder) throws IOException {
    certificates = new Certificates(folder);
  }

  private Han hub() {
    Han han =
        new Han(
            GrpcHub.builder(Han.HUB)
                .security(certificates.of("hub"))
                .limits(QUICK)
                .time(() -> now));
    han.hub.transport().open(new Inbox());
    han.hub.control(new ScriptedControl());
    han.start();
    return han;
  }

  private RemoteHub operator(Han han) throws IOException {
    return RemoteHub.at(
        new InetSocketAddress("localhost", han.hub.address().getPort()),
        certificates.of("operator"),
        PATIENCE);
  }

  @Test
  void nobodyStartsWithACertificateThatHasEnded() throws IOException {
    try (GrpcHub hub = GrpcHub.builder(Han.HUB).security(certificates.of("endedhub")).build()) {
      assertThatThrownBy(hub::start)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("endedhub.pem", "ended on 20", "pki renew");
    }
    try (GrpcDevices devices =
        GrpcDevices.builder(new InetSocketAddress("localhost", 1))
            .security(certificates.of("ended"))
            .build()) {
      assertThatThrownBy(devices::start)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("ended.pem", "ended on 20", "pki renew");
    }
  }

  @Test
  void whatEndsWithinTwoWeeksIsWarnedOfWithItsDate() throws IOException {
    Security.MutualTls own = (Security.MutualTls) certificates.of("hub");
    Instant end = TestAuthority.read(certificates.authority()).getNotAfter().toInstant();
    assertThat(own.warnings(end.minus(Duration.ofDays(5))))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("hub.pem", "ends on " + end, "in 5 days"))
        .anySatisfy(line -> assertThat(line).contains("ca.pem"));
    assertThat(own.warnings(end.minus(Duration.ofDays(15)))).isEmpty();
  }

  @Test
  void bothSidesSayThatADevicesCertificateHasEnded() {
    try (Han han = hub()) {
      han.connect(b -> b.security(certificates.of("ended")).time(behind))
          .attach(Han.device(1), List.of())
          .open(new Inbox());
      HanEvent.Refused refused = han.event(han.hubEvents, HanEvent.Refused.class);
      assertThat(refused.who()).isEqualTo("CN=ended");
      assertThat(refused.reason()).startsWith("its certificate ended on 20").contains("it is 20");
      assertThat(han.event(han.deviceEvents, HanEvent.Rejected.class).reason())
          .contains("it does not take", "ended.pem (alert: certificate expired)");
    }
  }

  @Test
  void bothSidesSayThatAHubsCertificateHasEnded() {
    Han han = new Han(GrpcHub.builder(Han.HUB).security(certificates.of("endedhub")).time(behind));
    try (han) {
      han.hub.transport().open(new Inbox());
      han.start();
      han.connect(b -> b.security(certificates.of("devices")))
          .attach(Han.device(1), List.of())
          .open(new Inbox());
      HanEvent.Refused refused = han.event(han.deviceEvents, HanEvent.Refused.class);
      assertThat(refused.who()).isEqualTo("CN=ended hub");
      assertThat(refused.reason()).startsWith("its certificate ended on 20");
      assertThat(han.event(han.deviceEvents, HanEvent.Rejected.class).reason())
          .startsWith("this side does not take its certificate: its certificate ended on 20");
    }
  }

  @Test
  void aDeviceLeavesAHubWhoseCertificateEnds() {
    try (Han han = Han.serving(new Inbox(), b -> b.security(certificates.of("hub")))) {
      han.join(
          han.connect(b -> b.security(certificates.of("devices")).limits(QUICK).time(() -> now)),
          Han.device(1),
          new Inbox());
      now = inTwoDays;
      HanEvent.Refused refused = han.event(han.deviceEvents, HanEvent.Refused.class);
      assertThat(refused.who()).isEqualTo("CN=hub");
      assertThat(refused.reason()).startsWith("its certificate ended on 20");
      Han.await(() -> han.hub.devices().isEmpty());
    }
  }

  @Test
  void aStreamEndsWithTheCertificateThatItRestsOn() throws IOException {
    try (Han han = hub();
        RemoteHub operator = operator(han)) {
      han.join(
          han.connect(b -> b.security(certificates.of("devices"))), Han.device(1), new Inbox());
      BlockingQueue<String> watched = new LinkedBlockingQueue<>();
      AutoCloseable unused = operator.watch(event -> {}, watched::add);
      assertThat(operator.status().hub()).isEqualTo(Han.HUB.address());
      now = inTwoDays;
      HanEvent.Refused refused = han.event(han.hubEvents, HanEvent.Refused.class);
      assertThat(refused.who()).isEqualTo("CN=devices");
      assertThat(refused.reason()).startsWith("its certificate ended on 20");
      Han.await(() -> han.hub.devices().isEmpty());
      assertThat(Inbox.within(watched)).contains("its certificate ended on 20");
      assertThatThrownBy(operator::status)
          .isInstanceOf(RemoteHub.HubUnreachable.class)
          .hasMessageContaining("CN=operator its certificate ended on 20");
    }
  }
}
