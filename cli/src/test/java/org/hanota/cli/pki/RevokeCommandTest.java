// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.hanota.transport.grpc.pki.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RevokeCommandTest {
  @TempDir Path folder;

  private Path pki() {
    return folder.resolve("pki");
  }

  private Path list() {
    return pki().resolve("revoked.pem");
  }

  private Cli.Run pki(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of("pki", command, "--dir", pki().toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void aHubThatRunsTurnsAwayWhoIsRevokedMeanwhileAndNobodyElse() throws IOException {
    assertThat(pki("init").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(pki("revoke").out()).contains("revoked.pem: 0 certificates revoked");
    Path images = Files.createDirectory(folder.resolve("images"));
    Path image = Files.write(images.resolve("a.ota"), SmallImage.of(2_000).toByteArray());
    try (Background hub =
        Background.run(
            "hub",
            "serve",
            "--images",
            images.toString(),
            "--listen",
            "localhost:0",
            "--pki",
            pki().toString(),
            "--revoked",
            list().toString())) {
      String at = "localhost:" + hub.await("operators at .*:(\\d+)");
      try (Background device =
          Background.run(
              "device",
              "run",
              "--hub",
              at,
              "--pki",
              pki().toString(),
              "--image-of",
              image.toString())) {
        hub.await("(confirmed)");
        assertThat(pki("revoke", "devices").out()).contains("1 certificate revoked");
        hub.await("(refused CN=devices from .*: its certificate was revoked on 20)");
        device.await("(certificate was revoked on 20|alert: certificate revoked)");
      }
      Cli.Run again =
          Cli.run(
              "device",
              "run",
              "--hub",
              at,
              "--pki",
              pki().toString(),
              "--image-of",
              image.toString(),
              "--until-updated");
      assertThat(again.exitCode()).as(again.out()).isEqualTo(ExitCode.WRONG);
      assertThat(again.out() + again.err()).contains("devices.pem (alert: certificate revoked)");
      Cli.Run operator = Cli.run("hub", "status", "--hub", at, "--pki", pki().toString());
      assertThat(operator.exitCode()).as(operator.err()).isEqualTo(ExitCode.DONE);
      Files.writeString(list(), "no list");
      hub.await("(revoked.pem: .*; what was read before counts)");
    }
  }

  @Test
  void aHubDoesNotStartWithoutItsListOrWithADamagedOne() throws IOException {
    assertThat(pki("init").exitCode()).isEqualTo(ExitCode.DONE);
    Path images = Files.createDirectory(folder.resolve("images"));
    String[] serve = {
      "hub",
      "serve",
      "--images",
      images.toString(),
      "--listen",
      "localhost:0",
      "--pki",
      pki().toString(),
      "--revoked",
      list().toString()
    };
    Cli.Run missing = Cli.run(serve);
    assertThat(missing.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(missing.err()).contains("revoked.pem: no such list").hasLineCount(1);
    Files.writeString(list(), "no list");
    Cli.Run damaged = Cli.run(serve);
    assertThat(damaged.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(damaged.err()).contains("revoked.pem: ").hasLineCount(1);
    Cli.Run plain = Cli.run("hub", "status", "--insecure", "--revoked", list().toString());
    assertThat(plain.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theListKeepsWhatIsOnItAndGetsNewDatesAndCertificatesAreRenewedBesideIt() throws IOException {
    assertThat(pki("init").exitCode()).isEqualTo(ExitCode.DONE);
    BigInteger devices = TestAuthority.read(pki().resolve("devices.pem")).getSerialNumber();
    BigInteger operator = TestAuthority.read(pki().resolve("operator.pem")).getSerialNumber();
    assertThat(pki("revoke", "devices").exitCode()).isEqualTo(ExitCode.DONE);
    Instant since = TestAuthority.readRevoked(list()).get(devices);
    assertThat(Duration.between(since, Instant.now())).isLessThan(Duration.ofMinutes(5));
    assertThat(pki("revoke", "operator", "devices").out()).contains("2 certificates revoked");
    assertThat(TestAuthority.readRevoked(list()))
        .containsEntry(devices, since)
        .containsOnlyKeys(devices, operator);
    Cli.Run renewed = pki("renew", "--days", "90");
    assertThat(renewed.exitCode()).as(renewed.err()).isEqualTo(ExitCode.DONE);
    assertThat(TestAuthority.read(pki().resolve("devices.pem")).getSerialNumber())
        .as("a renewed certificate is another one")
        .isNotEqualTo(devices);
    assertThat(pki("revoke", "nobody").err()).contains("nobody.pem: no such certificate");
  }
}
