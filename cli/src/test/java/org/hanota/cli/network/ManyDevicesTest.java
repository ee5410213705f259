// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One hub and two processes full of devices, over mutual TLS, whatever happens between them. */
@Tag("soak")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class ManyDevicesTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final int DEVICES = SHORT ? 60 : 1_000;
  private static final int KILLS = SHORT ? 5 : 50;
  private static final int FIRMWARE_OCTETS = 20_000;
  private static final int OCTETS_BETWEEN_FAULTS = SHORT ? 150_000 : 500_000;
  private static final long SEED = 11;

  /** What a hub prints until all is done: each percent of each device. */
  private static final int LINES = 100 * DEVICES;

  /** Kills are over when about a third of all has happened, whatever the draws. */
  private static final int LINES_BEFORE_KILL = 2 * LINES / (3 * KILLS);

  /** One kill of so many comes while the hub starts. */
  private static final int STARTING = 8;

  private static final int STARTING_MS = 2_000;
  private static final long FIRST = 0x00DB_1234_0000_0000L;

  /** A safety net. */
  private static final long PATIENCE_MINUTES = SHORT ? 12 : 60;

  private final SeededRandom random = SeededRandom.of(SEED, 0, 0);
  private final Progress progress = new Progress();
  private final List<HanotaProcess> started = new ArrayList<>();
  private final Path folder;
  private final int port;
  private Octets image = Octets.EMPTY;

  ManyDevicesTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
  }

  @BeforeEach
  void prepare() throws IOException {
    Cli.Run pki =
        Cli.run("pki", "init", "--dir", path("pki"), "--devices", String.valueOf(DEVICES));
    assertThat(pki.exitCode()).as(pki.err()).isEqualTo(ExitCode.DONE);
    ZigBeeFile file =
        ZigBeeFile.builder(OtaHeader.of(ImageId.of(0x121D, 0x0080, 0x0101_0000L)))
            .upgradeImage(SeededRandom.of(SEED, 1, 0).octets(FIRMWARE_OCTETS))
            .build();
    image = file.octets().octets(0, (int) file.octets().size());
    Files.createDirectories(folder.resolve("images"));
    Files.write(folder.resolve("images/a.ota"), image.toByteArray());
  }

  @AfterEach
  void end() {
    started.forEach(HanotaProcess::close);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private HanotaProcess hub() {
    HanotaProcess hub =
        HanotaProcess.start(
            progress,
            List.of(
                "hub",
                "serve",
                "--images",
                path("images"),
                "--listen",
                "localhost:" + port,
                "--pki",
                path("pki"),
                "--concurrent",
                String.valueOf(DEVICES),
                "--json"));
    started.add(hub);
    return hub;
  }

  /** Half of the devices in one process and half in another. */
  private List<HanotaProcess> devices(int hubPort) {
    List<HanotaProcess> processes = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      HanotaProcess process =
          HanotaProcess.start(
              line -> {},
              List.of(
                  "device",
                  "run",
                  "--hub",
                  "localhost:" + hubPort,
                  "--pki",
                  path("pki"),
                  "--count",
                  String.valueOf(DEVICES / 2),
                  "--first",
                  new Eui64(FIRST + half * (DEVICES / 2L)).toString(),
                  "--image-of",
                  path("images/a.ota"),
                  "--bank-dir",
                  path("banks"),
                  "--query-interval",
                  "10",
                  "--seed",
                  String.valueOf(SEED + half),
                  "--until-updated"));
      started.add(process);
      processes.add(process);
    }
    return processes;
  }

  private void awaitUpdated(List<HanotaProcess> devices) throws Exception {
    for (HanotaProcess process : devices) {
      int exit = process.await(PATIENCE_MINUTES);
      assertThat(exit).as("%s", process.last()).isEqualTo(ExitCode.DONE);
    }
    Octets served = Sha256.of(image);
    for (int i = 0; i < DEVICES; i++) {
      Path bank = folder.resolve("banks/" + new Eui64(FIRST + i) + ".ota");
      assertThat(Sha256.of(Octets.wrap(Files.readAllBytes(bank)))).as("%s", bank).isEqualTo(served);
    }
    assertThat(progress.wentBack()).isEmpty();
  }

  private static void say(String what, long beganNanos) {
    System.out.println(
        DEVICES
            + " devices in two processes updated, SHA-256 equal, "
            + what
            + ", in "
            + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos)
            + " s");
  }

  @Test
  void allDevicesOfTwoProcessesAreUpdated() throws Exception {
    long began = System.nanoTime();
    hub();
    awaitUpdated(devices(port));
    Cli.Run status =
        Cli.run("hub", "status", "--hub", "localhost:" + port, "--pki", path("pki"), "--json");
    assertThat(status.out().split("\"phase\":\"confirmed\"", -1)).hasSize(DEVICES + 1);
    say("undisturbed", began);
  }

  @Test
  void aHubThatIsKilledAgainAndAgainGoesOnWhereItWas() throws Exception {
    long began = System.nanoTime();
    List<HanotaProcess> devices = devices(port);
    int starting = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      HanotaProcess hub = hub();
      if (random.below(STARTING) == 0) {
        starting++;
        TimeUnit.MILLISECONDS.sleep(random.below(STARTING_MS));
      } else {
        long lines = 1L + random.below(LINES_BEFORE_KILL);
        assertThat(hub.awaitLines(lines, TimeUnit.MINUTES.toMillis(5)))
            .as("kill %s after %s lines; %s", kill, lines, hub.last())
            .isTrue();
      }
      assertThat(hub.isAlive()).as("%s", hub.last()).isTrue();
      assertThat(devices).as("a device process in mid-transfer").allMatch(HanotaProcess::isAlive);
      hub.kill();
    }
    hub();
    awaitUpdated(devices);
    assertThat(progress.servings()).as("the image is there").isGreaterThan(KILLS - starting);
    assertThat(progress.resumed()).isPositive();
    say(
        KILLS
            + " kills of the hub, "
            + starting
            + " of them while it started, "
            + progress.resumed()
            + " transfers resumed",
        began);
  }

  @Test
  void aNetworkThatFailsOnlyTakesTime() throws Exception {
    long began = System.nanoTime();
    hub();
    try (BadNetwork network = new BadNetwork(port, OCTETS_BETWEEN_FAULTS, SEED)) {
      awaitUpdated(devices(network.port()));
      assertThat(network.fired()).containsOnlyKeys(BadNetwork.Fault.values());
      say("faults of the network " + network.fired(), began);
    }
  }
}
