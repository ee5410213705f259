// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A file of the folder is replaced by another one with the same manufacturer, type, version and
 * size while its hub is away: no device gets octets of both.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReplacedFileTest {
  private static final String DEVICE = "00DB123400000000";
  private static final int OCTETS = 60_000;
  private static final int TYPE = 0x0100;

  @TempDir Path folder;

  /** What the processes of the device have said. */
  private final List<String> told = new CopyOnWriteArrayList<>();

  private final List<HanotaProcess> devices = new ArrayList<>();

  @AfterEach
  void end() {
    devices.forEach(HanotaProcess::close);
  }

  private HanotaProcess device(OperatedHub hub, Path file) {
    return started(
        List.of(
            "device",
            "run",
            "--hub",
            hub.address(),
            "--insecure",
            "--image-of",
            file.toString(),
            "--query-interval",
            String.valueOf(OperatedHub.QUERY_INTERVAL_S),
            "--bank-dir",
            folder.resolve("banks").toString()));
  }

  private HanotaProcess started(List<String> arguments) {
    HanotaProcess device = HanotaProcess.start(told::add, arguments);
    devices.add(device);
    return device;
  }

  private void awaitTold(String words) {
    OperatedHub.await(words, () -> told.stream().anyMatch(line -> line.contains(words)));
  }

  @ParameterizedTest(name = "paused: {0}, device restarted too: {1}")
  @CsvSource({"true, false", "false, true"})
  void noDeviceGetsOctetsOfTwoFiles(boolean paused, boolean deviceToo) throws Exception {
    Octets first = SmallImage.of(TYPE, OCTETS, 1);
    Octets second = SmallImage.of(TYPE, OCTETS, 2);
    assertThat(second.length()).isEqualTo(first.length());
    try (OperatedHub hub = new OperatedHub(folder)) {
      Path file = Files.write(hub.images().resolve("display.ota"), first.toByteArray());
      hub.start(List.of("--longest-block", "1002-0100=2"));
      HanotaProcess device = device(hub, file);
      awaitTold("transferring 10 %");
      if (paused) {
        Cli.Run pause = hub.command("pause", "--device", DEVICE);
        assertThat(pause.exitCode()).as(pause.err()).isEqualTo(ExitCode.DONE);
      }
      long offset = hub.device(DEVICE).path("fileOffset").asLong();
      assertThat(offset).isBetween(1L, OCTETS - 1_000L);
      hub.kill();
      if (deviceToo) {
        device.kill();
      }
      Files.write(file, second.toByteArray());
      hub.start(List.of());
      assertThat(hub.lines())
          .anyMatch(
              line -> line.contains("display.ota: is 1002-0100-00000002 as before, but anot"));
      if (deviceToo) {
        device = device(hub, file);
      }
      if (paused) {
        // What was paused was another file: only a person begins this one (docs/operator.md).
        Cli.Run resume = hub.command("resume", "--device", DEVICE);
        assertThat(resume.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(resume.err()).contains("no update that is paused");
        Cli.Run start = hub.command("start", "--device", DEVICE, "--image", "display.ota");
        assertThat(start.exitCode()).as(start.err()).isEqualTo(ExitCode.DONE);
      }
      awaitTold("confirmed");
      device.kill();
      // All of it from the file that is served now, since it began anew.
      assertThat(folder.resolve("banks/" + DEVICE + ".ota")).hasBinaryContent(second.toByteArray());
    }
  }
}
