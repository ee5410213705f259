// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.zcl.Clusters;
import org.hanota.testing.Shared;
import org.hanota.testing.Skipped;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.StickModel;
import org.hanota.transport.serial.ezsp.EzspVersion;
import org.hanota.transport.serial.port.HostPort;
import org.hanota.transport.serial.port.TcpListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * zigbee-herdsman, which others wrote, as host and OTA server against the emulator and the device
 * machine. Needs node, and the package in the folder that the system property or the environment
 * variable names.
 */
@Tag("soak")
class HerdsmanTest {
  private static final String PROPERTY = "hanota.herdsman";
  private static final String VARIABLE = "HANOTA_HERDSMAN";
  private static final long PATIENCE_MINUTES = 5;

  private static Path herdsman() {
    String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    Path folder =
        named == null
            ? Shared.root().resolve("transport-serial/target/herdsman")
            : Path.of(named).toAbsolutePath();
    if (!Files.isDirectory(folder.resolve("node_modules/zigbee-herdsman"))) {
      Skipped.because(
          "zigbee-herdsman is not in "
              + folder
              + "; install it there with npm ci, or name its folder with -D"
              + PROPERTY
              + " or "
              + VARIABLE);
    }
    return folder;
  }

  /** The stick, and herdsman's name for what speaks with it. */
  static Stream<Arguments> sticks() {
    return Stream.of(
        Arguments.of(StickModel.CC2652, "zstack"),
        Arguments.of(StickModel.ezsp(EzspVersion.OLDEST), "ember"),
        Arguments.of(StickModel.ezsp(EzspVersion.NEWEST), "ember"));
  }

  @ParameterizedTest
  @MethodSource("sticks")
  void herdsmanUpdatesOurDeviceThroughOurEmulator(
      StickModel stick, String adapter, @TempDir Path data) throws Exception {
    Path folder = herdsman();
    Path image = Shared.require("corpus/ota/8aee09de7ff5.zigbee");
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);
    try (TcpListener listener = TcpListener.at(new HostPort("127.0.0.1", 0));
        Home home =
            new Home(
                Octets.wrap(Files.readAllBytes(image)),
                Clusters.PROFILE_HOME_AUTOMATION,
                EmulatorConfig.blank(Home.STICK).model(stick),
                listener,
                Scheduler.of(executor),
                time)) {
      home.withDevice(home.emulatedDevice());
      List<String> lines = run(folder, listener.name(), image, data, adapter);
      assertThat(lines)
          .contains("{\"step\":\"started\",\"result\":\"reset\"}")
          .anyMatch(line -> line.startsWith("{\"step\":\"updated\""))
          .contains("{\"step\":\"started again\",\"result\":\"resumed\"}");
      assertThat(executor.submit(home::updated).get()).as("SHA-256 equal, and running").isTrue();
      assertThat(executor.submit(home::wholeImageHash).get())
          .isEqualTo("8aee09de7ff5469f8a2145cd9b38d906323ef439bbf4a6f4c5da91d28372c3ee");
    } finally {
      executor.shutdownNow();
    }
  }

  private static List<String> run(Path folder, String port, Path image, Path data, String adapter)
      throws IOException, InterruptedException {
    Path script = Shared.root().resolve("transport-serial/src/test/herdsman/update.cjs");
    Process node;
    try {
      node =
          new ProcessBuilder(
                  "node",
                  script.toString(),
                  folder.toString(),
                  port,
                  image.toString(),
                  data.toString(),
                  adapter)
              .redirectErrorStream(true)
              .start();
    } catch (IOException absent) {
      Skipped.because("node is not installed");
      throw absent;
    }
    List<String> lines = new ArrayList<>();
    try (InputStream out = node.getInputStream()) {
      new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
    } finally {
      if (!node.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        node.destroyForcibly();
      }
    }
    lines.forEach(line -> System.out.println("herdsman: " + line));
    assertThat(node.exitValue()).as("%s", lines).isZero();
    return lines;
  }
}
