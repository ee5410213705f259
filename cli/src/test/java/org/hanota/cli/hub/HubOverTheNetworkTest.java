// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.Hanota;
import org.hanota.device.DeviceType;
import org.hanota.sim.SampleImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HubOverTheNetworkTest {
  private final Path folder;
  private final StringWriter served = new StringWriter();

  HubOverTheNetworkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String awaitServed(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() - end < 0) {
      Matcher matcher = wanted.matcher(served.toString());
      if (matcher.find()) {
        return matcher.group(1);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("the hub never said " + pattern + ", but " + served);
  }

  @Test
  void devicesOfAnotherConnectionAreUpdatedOverMutualTls() throws Exception {
    String pki = folder.resolve("pki").toString();
    assertThat(Cli.run("pki", "init", "--dir", pki, "--devices", "8").exitCode())
        .isEqualTo(ExitCode.DONE);
    Path key = folder.resolve("pki/ca.key");
    if (key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
    Octets image = SampleImages.plan(1, "ihd", DeviceType.IHD).image();
    Path images = Files.createDirectory(folder.resolve("images"));
    Path file = Files.write(images.resolve("a.ota"), image.toByteArray());
    Files.writeString(images.resolve("notes.txt"), "no image");
    String hub = "localhost:" + freePort();
    Thread serving = serve(hub, images, pki);
    try {
      String page = awaitServed("page on (http://localhost:\\d+/)");
      Path banks = folder.resolve("banks");
      Cli.Run run =
          Cli.run(
              "device",
              "run",
              "--hub",
              hub,
              "--pki",
              pki,
              "--count",
              "4",
              "--image-of",
              file.toString(),
              "--bank-dir",
              banks.toString(),
              "--until-updated");
      assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
      assertThat(run.out()).contains("4 of 4 devices updated").doesNotContain("\u001b");
      for (int i = 0; i < 4; i++) {
        assertThat(Files.readAllBytes(banks.resolve("00DB12340000000" + i + ".ota")))
            .isEqualTo(image.toByteArray());
      }
      Cli.Run plain = Cli.run("hub", "status", "--hub", hub, "--insecure");
      assertThat(plain.err()).contains("does it want certificates").hasLineCount(1);
      Cli.Run stranger =
          Cli.run(
              "device",
              "run",
              "--hub",
              hub,
              "--pki",
              pki,
              "--first",
              "11DB123400000000",
              "--image-of",
              file.toString(),
              "--until-updated");
      assertThat(stranger.exitCode()).as(stranger.out()).isEqualTo(ExitCode.WRONG);
      assertThat(stranger.out()).contains("refused: 11DB123400000000/1", "0 of 1 devices updated");
      Cli.Run status = Cli.run("hub", "status", "--hub", hub, "--pki", pki, "--json");
      assertThat(status.out()).contains("\"phase\":\"confirmed\"").contains("a.ota");
      Cli.Run abort =
          Cli.run("hub", "abort", "--hub", hub, "--pki", pki, "--device", "00000000000000FF");
      assertThat(abort.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(abort.err()).contains("does not know device");
      assertThat(get(page)).contains("<h1>Hub");
      assertThat(get(page + "page.js")).contains("status.json");
      assertThat(get(page + "status.json")).contains("00DB123400000003");
      assertThat(get(page + "metrics")).contains("hanota_update_events_total");
    } finally {
      serving.interrupt();
      serving.join(TimeUnit.SECONDS.toMillis(20));
    }
  }

  private Thread serve(String hub, Path images, String pki) {
    PrintWriter out = new PrintWriter(served, true);
    Thread thread =
        new Thread(
            () -> {
              int unused =
                  Hanota.commandLine(out, out)
                      .execute(
                          "hub",
                          "serve",
                          "--images",
                          images.toString(),
                          "--listen",
                          hub,
                          "--pki",
                          pki,
                          "--http",
                          "0");
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static String get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  @Test
  void aKeyOfAnotherCertificateIsNamedBeforeAnythingBegins() throws IOException {
    Path pki = folder.resolve("pki");
    assertThat(Cli.run("pki", "init", "--dir", pki.toString()).exitCode()).isZero();
    Path images = Files.createDirectory(folder.resolve("images"));
    Path image =
        Files.write(
            images.resolve("a.ota"),
            SampleImages.plan(1, "ihd", DeviceType.IHD).image().toByteArray());
    for (String name : List.of("hub", "devices", "operator")) {
      Files.copy(
          pki.resolve("ca.key"), pki.resolve(name + ".key"), StandardCopyOption.REPLACE_EXISTING);
    }
    String[][] commands = {
      {"hub", "serve", "--images", images.toString()},
      {"device", "run", "--image-of", image.toString()},
      {"hub", "status"},
    };
    for (String[] command : commands) {
      Cli.Run run = withPki(pki, command);
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err())
          .contains(".key: is not the key of " + pki, ".pem")
          .doesNotContain("--insecure-network")
          .hasLineCount(1);
      assertThat(run.out()).isEmpty();
    }
    assertThat(images.resolve(".hanota")).doesNotExist();
    Files.writeString(pki.resolve("hub.pem"), "garbage");
    assertThat(withPki(pki, commands[0]).err())
        .isEqualToIgnoringNewLines(
            "hanota: " + pki.resolve("hub.pem") + ": found no certificate, allowed is PEM");
  }

  private static Cli.Run withPki(Path pki, String... command) {
    return Cli.run(with(command, "--pki", pki.toString()));
  }

  private static String[] with(String[] command, String... more) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aHubWhosePortIsTakenSaysWhichOptionAndNothingElse() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listen = "127.0.0.1:" + taken.getLocalPort();
      Cli.Run run =
          Cli.run("hub", "serve", "--images", images.toString(), "--insecure", "--listen", listen);
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err()).endsWith("hanota: --listen " + listen + ": Address already in use\n");
      assertThat(run.out()).doesNotContain("serving");
    }
  }

  @Test
  void aTimeThatIsPastOrContradictedIsRefusedBeforeTheHubIsAsked() {
    String device = "00DB123400000001";
    String[] start = {"hub", "start", "--insecure", "--device", device, "--image", "a", "--at"};
    Cli.Run both = Cli.run(with(start, "2999-01-31T02:00:00Z", "--hold"));
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("--at and --hold").hasLineCount(1);
    Cli.Run past = Cli.run(with(start, "2001-01-31T02:00:00Z"));
    assertThat(past.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(past.err()).contains("--at is 2001-01-31T02:00:00Z, which is past").hasLineCount(1);
  }

  @Test
  void withoutCertificatesTheCureIsNamed() {
    Cli.Run run = Cli.run("hub", "status", "--pki", folder.resolve("nowhere").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("no such certificate").contains("hanota pki init");
  }

  @Test
  void aWrongAddressIsWrongUse() {
    Cli.Run run = Cli.run("hub", "status", "--hub", "nonsense", "--insecure");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("HOST:PORT");
  }
}
