// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Transport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that its authority takes back counts no longer, at a handshake and after it. */
@Timeout(60)
class RevokedCertificatesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final GrpcLimits QUICK =
      GrpcLimits.DEFAULT.with(GrpcParameter.RESULT_DEADLINE, 400);

  private final Inbox atHub = new Inbox();
  private final Certificates certificates;
  private final Instant start = Instant.now();
  private volatile Instant now = start;

  RevokedCertificatesTest(@TempDir Path folder) throws IOException {
    certificates = new Certificates(folder);
  }

  @BeforeEach
  void nobodyIsRevoked() throws IOException {
    certificates.revoke();
  }

  private Han hub() {
    Han han =
        new Han(
            GrpcHub.builder(Han.HUB)
                .security(certificates.obeyingRevoked("hub"))
                .limits(QUICK)
                .time(() -> now));
    han.hub.transport().open(atHub);
    han.hub.control(new ScriptedControl());
    han.start();
    return han;
  }

  private UnaryOperator<GrpcDevices.Builder> shows(String name) {
    return b -> b.security(certificates.of(name));
  }

  private RemoteHub operator(Han han) throws IOException {
    return RemoteHub.at(
        new InetSocketAddress("localhost", han.hub.address().getPort()),
        certificates.of("operator"),
        PATIENCE);
  }

  private static HanEvent.Refused refused(Han han) {
    return han.event(han.hubEvents, HanEvent.Refused.class);
  }

  @Test
  void aRevokedCertificateIsRefusedAtTheHandshakeByNameAndOthersAreServed() throws IOException {
    certificates.revoke("devices");
    try (Han han = hub();
        RemoteHub operator = operator(han)) {
      han.connect(shows("devices")).attach(Han.device(1), List.of()).open(new Inbox());
      assertThat(refused(han).who()).isEqualTo("CN=devices");
      assertThat(han.event(han.deviceEvents, HanEvent.Rejected.class).reason())
          .contains("devices.pem (alert: certificate revoked)");
      assertThat(operator.status().hub()).isEqualTo(Han.HUB.address());
      assertThat(han.hub.devices()).isEmpty();
    }
  }

  @Test
  void whatRestsOnACertificateEndsWhenItIsRevoked() throws IOException {
    try (Han han = hub();
        RemoteHub operator = operator(han)) {
      han.join(han.connect(shows("devices")), Han.device(1), new Inbox());
      BlockingQueue<String> watched = new LinkedBlockingQueue<>();
      AutoCloseable unused = operator.watch(event -> {}, watched::add);
      assertThat(operator.status().hub()).isEqualTo(Han.HUB.address());
      certificates.revoke("devices", "operator");
      HanEvent.Refused refused = refused(han);
      assertThat(refused.who()).isEqualTo("CN=devices");
      assertThat(refused.reason()).startsWith("its certificate was revoked on 20");
      Han.await(() -> han.hub.devices().isEmpty());
      assertThat(Inbox.within(watched)).contains("its certificate was revoked on 20");
      // The connection is there already: each call is asked again.
      assertThatThrownBy(operator::status)
          .isInstanceOf(RemoteHub.HubUnreachable.class)
          .hasMessageContaining("CN=operator its certificate was revoked on 20");
    }
  }

  @Test
  void aDeviceLeavesAHubWhoseCertificateIsRevoked() throws IOException {
    try (Han han = Han.serving(atHub, b -> b.security(certificates.of("hub")))) {
      han.join(
          han.connect(b -> b.security(certificates.obeyingRevoked("devices")).limits(QUICK)),
          Han.device(1),
          new Inbox());
      certificates.revoke("hub");
      HanEvent.Refused refused = han.event(han.deviceEvents, HanEvent.Refused.class);
      assertThat(refused.who()).isEqualTo("CN=hub");
      assertThat(refused.reason()).startsWith("its certificate was revoked on 20");
      Han.await(() -> han.hub.devices().isEmpty());
    }
  }

  @Test
  void aListThatIsDamagedOrGoneIsToldOfAndBringsNoCertificateBack() throws IOException {
    certificates.revoke("devices");
    try (Han han = hub()) {
      Files.writeString(certificates.revoked(), "no list");
      assertThat(han.event(han.hubEvents, HanEvent.RevocationsNotRead.class).reason())
          .contains("revoked.pem", "what was read before counts");
      Files.delete(certificates.revoked());
      assertThat(han.event(han.hubEvents, HanEvent.RevocationsNotRead.class).reason())
          .contains("no such list");
      han.connect(shows("devices")).attach(Han.device(1), List.of()).open(new Inbox());
      assertThat(refused(han).who()).isEqualTo("CN=devices");
    }
  }

  @Test
  void aListThatEndsIsToldOfWhileTheOthersAreServed() throws IOException {
    try (Han han = hub()) {
      Inbox one = new Inbox();
      Transport device = han.join(han.connect(shows("devices")), Han.device(1), one);
      // Of a day before, and made while it counted.
      certificates.revoke(start.minus(Duration.ofHours(23)).minusSeconds(3_590), "impostor");
      now = start.plusSeconds(60);
      assertThat(han.event(han.hubEvents, HanEvent.RevocationsNotRead.class).reason())
          .contains("ended on 20", "get a newer one");
      device.send(1, Han.frame(Han.device(1), Han.HUB, "01"));
      assertThat(one.result().result()).isEqualTo(SendResult.DELIVERED);
    }
  }

  private void refusesToStart(String... words) {
    try (GrpcHub hub =
        GrpcHub.builder(Han.HUB)
            .security(certificates.obeyingRevoked("hub"))
            .time(() -> now)
            .build()) {
      assertThatThrownBy(hub::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("revoked.pem")
          .hasMessageContainingAll(words);
    }
  }

  @Test
  void nobodyStartsWithAListThatIsMissingDamagedEndedOrOfSomebodyElse() throws IOException {
    byte[] whole = Files.readAllBytes(certificates.revoked());
    certificates.revoke(start.minus(Duration.ofDays(3)));
    refusesToStart("ended on 20", "get a newer one");
    certificates.revokeAsAnother();
    refusesToStart("signed by none of the trusted authorities");
    Files.writeString(certificates.revoked(), "");
    refusesToStart("found no list");
    byte[] damaged = whole.clone();
    damaged[100] ^= 1;
    Files.write(certificates.revoked(), damaged);
    refusesToStart("get a newer one");
    Files.delete(certificates.revoked());
    refusesToStart("no such list");
    Files.write(certificates.revoked(), whole);
    hub().close();
  }
}
