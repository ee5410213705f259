// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FileVersion;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.device.DeviceType;
import org.hanota.device.file.FileImageBank;
import org.hanota.sim.SampleImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunCommandTest {
  private static final String FIRST = "00DB123400000000";

  @TempDir Path folder;

  private Cli.Run run(Path banks) throws IOException {
    return Cli.run(
        "device",
        "run",
        "--insecure",
        "--image-of",
        image().toString(),
        "--bank-dir",
        banks.toString());
  }

  @Test
  void aBankInUseEndsInOneLine() throws IOException {
    Path banks = folder.resolve("banks");
    try (FileImageBank held =
        FileImageBank.open(banks.resolve(FIRST), 1_000_000, new FileVersion(1))) {
      assertThat(held.damage()).isEmpty();
      Cli.Run run = run(banks);
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err()).contains(FIRST, "is in use").hasLineCount(1);
    }
  }

  @Test
  void aBankThatCannotBeMadeEndsInOneLine() throws IOException {
    Path banks = Files.createDirectory(folder.resolve("banks"));
    Path file = Files.writeString(banks.resolve(FIRST), "no folder");
    Cli.Run run = run(banks);
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).startsWith("hanota: " + file).doesNotContain("Exception").hasLineCount(1);
  }

  private Path image() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    return Files.write(
        images.resolve("a.ota"),
        SampleImages.plan(1, "ihd", DeviceType.IHD, 2_000).image().toByteArray());
  }

  private String[] until(String hub, String... how) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("device", "run", "--until-updated"));
    arguments.addAll(List.of("--hub", hub, "--image-of", image().toString()));
    arguments.addAll(List.of(how));
    return arguments.toArray(String[]::new);
  }

  @Test
  void aHubThatIsNotReachableWithTheseCertificatesIsLeftWithTheReason() throws IOException {
    String pki = folder.resolve("pki").toString();
    assertThat(Cli.run("pki", "init", "--dir", pki).exitCode()).isZero();
    String images = String.valueOf(image().getParent());
    try (Background hub =
        Background.run(
            "hub", "serve", "--images", images, "--insecure", "--listen", "127.0.0.1:0")) {
      String port = hub.await("operators at 127.0.0.1:(\\d+)");
      Cli.Run run = Cli.run(until("localhost:" + port, "--pki", pki));
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err()).contains("hub localhost:" + port + ": no TLS with it").hasLineCount(1);
      assertThat(run.out()).doesNotContain("shaded", "Pipeline", "UNAVAILABLE");
    }
  }

  @Test
  void aHubThatIsNotThereIsNamedInPlainWordsAndTriedAgain() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (Background run = Background.run(until("127.0.0.1:" + port, "--insecure"))) {
      run.await("(nothing answers there)");
      assertThat(run.exitCode()).isNotDone();
      assertThat(run.printed()).contains("no connection to").doesNotContain("UNAVAILABLE");
    }
  }
}
