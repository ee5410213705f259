// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hanota.cli.network.HanotaProcess;
import org.hanota.device.DeviceType;
import org.hanota.sim.SampleImages;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardOutputTest {
  /** A device of Linux on which every write fails as on a full disk. */
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image extract --whole -o - IMAGE",
        "image inspect IMAGE",
        "image index IMAGE",
        "parameters --json",
        "simulate home --devices ihd",
        "simulate home --devices ihd --json",
        "--help",
      })
  void whatCannotBeWrittenToStandardOutputIsAFailure(String line) throws Exception {
    if (!Files.exists(FULL)) {
      Skipped.because("no " + FULL);
    }
    Path image = folder.resolve("a.ota");
    Files.write(image, SampleImages.plan(1, "ihd", DeviceType.IHD, 2_000).image().toByteArray());
    Process process = start(line.replace("IMAGE", image.toString()));
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).isEqualToIgnoringNewLines("hanota: standard output: No space left on device");
    assertThat(process.waitFor()).isEqualTo(ExitCode.WRONG);
  }

  /** As with {@code | head -1}: whoever read has read enough. */
  @ParameterizedTest
  @ValueSource(strings = {"parameters --json", "simulate home --devices ihd --json", "--help"})
  void aPipeThatIsClosedIsSilence(String line) throws Exception {
    Process process = HanotaProcess.builder(List.of(line.split(" ", -1))).start();
    process.getInputStream().close();
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(process.waitFor()).isEqualTo(ExitCode.DONE);
  }

  private static Process start(String line) throws IOException {
    return HanotaProcess.builder(List.of(line.split(" ", -1)))
        .redirectOutput(FULL.toFile())
        .start();
  }
}
