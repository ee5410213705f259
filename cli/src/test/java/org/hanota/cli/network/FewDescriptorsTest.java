// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub that may open few files, and a crowd of connections that show nothing. */
@Timeout(240)
class FewDescriptorsTest {
  private static final int DESCRIPTORS = 256;
  private static final int CROWD = 1_500;

  @TempDir private Path folder;
  private final List<Socket> crowd = new ArrayList<>();
  private int port;
  private int http;

  private HanotaProcess hub() throws Exception {
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      Skipped.because("there is no /bin/sh to limit the files of a process with");
    }
    ProcessBuilder hub =
        HanotaProcess.builder(
            List.of(
                "hub",
                "serve",
                "--images",
                folder.toString(),
                "--listen",
                "localhost:" + port,
                "--http",
                String.valueOf(http),
                "--pki",
                folder.resolve("pki").toString()));
    List<String> limited =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$@\"", "sh"));
    limited.addAll(hub.command());
    CountDownLatch serves = new CountDownLatch(1);
    HanotaProcess process =
        HanotaProcess.start(
            line -> {
              if (line.startsWith("page on")) {
                serves.countDown();
              }
            },
            hub.command(limited));
    assertThat(serves.await(1, TimeUnit.MINUTES)).as("%s", process.last()).isTrue();
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @BeforeEach
  void prepare() throws Exception {
    port = freePort();
    http = freePort();
    Cli.Run pki = Cli.run("pki", "init", "--dir", folder.resolve("pki").toString());
    assertThat(pki.exitCode()).as(pki.err()).isEqualTo(ExitCode.DONE);
  }

  @AfterEach
  void leave() throws IOException {
    for (Socket socket : crowd) {
      socket.close();
    }
  }

  private void crowd(int to, int count) {
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress("localhost", to), 2_000);
        crowd.add(socket);
      } catch (IOException full) {
        // Whom the hub takes no more waits in vain, which is all right.
        break;
      }
    }
  }

  private Cli.Run status() {
    return Cli.run(
        "hub", "status", "--hub", "localhost:" + port, "--pki", folder.resolve("pki").toString());
  }

  private int page() throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + http + "/metrics"))
                .timeout(Duration.ofSeconds(20))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void aCrowdWithoutCertificatesPassesAndTheHubGoesOn() throws Exception {
    try (HanotaProcess hub = hub()) {
      crowd(port, CROWD);
      TimeUnit.SECONDS.sleep(2);
      leave();
      Cli.Run run = status();
      for (int i = 0; i < 10 && run.exitCode() != ExitCode.DONE; i++) {
        TimeUnit.SECONDS.sleep(2);
        run = status();
      }
      assertThat(run.exitCode()).as("%s %s", run.err(), hub.last()).isEqualTo(ExitCode.DONE);
      assertThat(hub.isAlive()).isTrue();
      assertThat(page()).isEqualTo(200);
    }
  }

  @Test
  void whileTheCrowdIsThereKnownClientsAreServed() throws Exception {
    try (HanotaProcess hub = hub()) {
      crowd(port, CROWD);
      assertThat(status().exitCode()).as("%s", hub.last()).isEqualTo(ExitCode.DONE);
      assertThat(page()).isEqualTo(200);
    }
  }

  @Test
  void aCrowdAtThePageStopsNeitherThePageNorTheHub() throws Exception {
    try (HanotaProcess hub = hub()) {
      crowd(http, CROWD);
      for (Socket socket : List.copyOf(crowd)) {
        try {
          socket
              .getOutputStream()
              .write("GET /metrics HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closed) {
          // It was turned away already.
        }
      }
      assertThat(status().exitCode()).as("%s", hub.last()).isEqualTo(ExitCode.DONE);
      leave();
      assertThat(page()).as("%s", hub.last()).isEqualTo(200);
    }
  }
}
