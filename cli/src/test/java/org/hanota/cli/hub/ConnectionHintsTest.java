// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told who connects to the wrong place, or in the wrong way. */
class ConnectionHintsTest {
  @TempDir Path folder;
  private String images = "";
  private String pki = "";

  @BeforeEach
  void makeFiles() throws Exception {
    Path made = Files.createDirectories(folder.resolve("images"));
    Files.write(made.resolve("a.ota"), SmallImage.of(2_000).toByteArray());
    images = made.toString();
    pki = folder.resolve("pki").toString();
    assertThat(Cli.run("pki", "init", "--dir", pki).exitCode()).isZero();
  }

  private Background serve(String... more) {
    Stream<String> fixed =
        Stream.of("hub", "serve", "--images", images, "--listen", "localhost:0", "--http", "0");
    return Background.run(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
  }

  private static String status(String port, String... security) {
    Stream<String> fixed = Stream.of("hub", "status", "--hub", "localhost:" + port);
    Cli.Run run = Cli.run(Stream.concat(fixed, Stream.of(security)).toArray(String[]::new));
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).hasLineCount(1);
    return run.err();
  }

  @Test
  void thePortOfThePageIsNamedAsSuch() {
    try (Background hub = serve("--insecure")) {
      String page = hub.await("page on http://localhost:(\\d+)/");
      for (String[] security : List.of(new String[] {"--insecure"}, new String[] {"--pki", pki})) {
        assertThat(status(page, security))
            .contains("localhost:" + page)
            .contains("is it the port of the hub's page?")
            .contains("--listen");
      }
    }
  }

  @Test
  void eachSideIsToldThatTheOtherUsesCertificatesOrNone() {
    try (Background hub = serve("--insecure")) {
      String port = hub.await("devices and operators at .*:(\\d+)");
      assertThat(status(port, "--pki", pki)).contains("was it started with --insecure");
    }
    try (Background hub = serve("--pki", pki)) {
      String port = hub.await("devices and operators at .*:(\\d+)");
      assertThat(status(port, "--insecure")).contains("does it want certificates");
    }
  }

  @Test
  void nobodyAndNoSuchHostAreNamed() throws Exception {
    String port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = Integer.toString(free.getLocalPort());
    }
    assertThat(status(port, "--insecure")).contains("nothing answers there");
    assertThat(Cli.run("hub", "status", "--hub", "nosuchhost.invalid:1", "--insecure").err())
        .contains("nosuchhost.invalid: no such host");
  }

  @Test
  void aHubWhoseCertificateNamesAnotherDoesNotServe() {
    Cli.Run run =
        Cli.run(
            "hub",
            "serve",
            "--images",
            images,
            "--listen",
            "localhost:0",
            "--pki",
            pki,
            "--eui64",
            "00DB1234567800AA");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err())
        .contains("hub.pem: the certificate names hub 00DB123456780001")
        .contains("the hub's address is 00DB1234567800AA")
        .contains("--hub-eui64 00DB1234567800AA");
    Cli.Run operator =
        Cli.run(
            "hub",
            "serve",
            "--images",
            images,
            "--listen",
            "localhost:0",
            "--pki",
            pki,
            "--certificate",
            "operator");
    assertThat(operator.err()).contains("operator.pem: the certificate names no hub");
  }
}
