// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.device.DeviceType;
import org.hanota.sim.SampleImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices on a bad way to their hub, whose power fails too. */
@Timeout(120)
class WornLinkTest {
  @TempDir Path folder;

  private Path image() throws Exception {
    Path images = Files.createDirectories(folder.resolve("images"));
    return Files.write(
        images.resolve("a.ota"),
        SampleImages.plan(1, "ihd", DeviceType.IHD, 2_000).image().toByteArray());
  }

  @Test
  void devicesAreUpdatedAllTheSameAndTheirRowsTellOfIt() throws Exception {
    Path image = image();
    Path rows = folder.resolve("rows.csv");
    try (Background hub =
        Background.run(
            "hub",
            "serve",
            "--images",
            String.valueOf(image.getParent()),
            "--insecure",
            "--listen",
            "127.0.0.1:0")) {
      String port = hub.await("operators at 127.0.0.1:(\\d+)");
      Cli.Run run =
          Cli.run(
              ("device run --insecure --until-updated --type ihd --count 2 --query-interval 1"
                      + " --loss 0.1 --delay 20 --fault power-cut@40% --set responseTimeout=200"
                      + " --set retryBackOff=10 --hub localhost:"
                      + port
                      + " --csv "
                      + rows
                      + " --image-of "
                      + image)
                  .split(" ", -1));
      assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
    }
    Cli.Run again =
        Cli.run(
            "device",
            "run",
            "--insecure",
            "--image-of",
            image.toString(),
            "--csv",
            rows.toString());
    assertThat(again.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(again.err()).contains("rows.csv: is there already; name another file");
    List<String> lines = Files.readAllLines(rows);
    assertThat(lines.get(0))
        .isEqualTo("seconds,device,event,image,fileOffset,imageSizeOctets,detail");
    for (String device : List.of("00DB123400000000", "00DB123400000001")) {
      assertThat(lines)
          .as("begins, and again after the power was cut")
          .filteredOn(line -> line.contains(device + ",started,"))
          .hasSizeGreaterThanOrEqualTo(2);
      assertThat(lines).anyMatch(line -> line.contains(device + ",confirmed,"));
    }
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.matches("\\d+\\.\\d{3},[0-9A-F]{16},[a-z]+,[0-9A-F-]{18},.*"));
  }

  @Test
  void aSimulatedHomeWritesTheSameRows() throws Exception {
    Path rows = folder.resolve("home.csv");
    Cli.Run run = Cli.run("simulate", "home", "--devices", "ihd", "--csv", rows.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readAllLines(rows))
        .hasSizeGreaterThan(100)
        .anyMatch(
            line -> line.matches("\\d+\\.\\d{3},ihd-1,transferring,[0-9A-F-]{18},\\d+,49289,"))
        .anyMatch(line -> line.contains(",ihd-1,confirmed,"));
  }

  @ParameterizedTest
  @CsvSource({
    "--loss, 1.5, '--loss is 1.5, allowed 0 to 1'",
    "--delay, -1, '--delay is -1, allowed 0 to 60000'",
    "--fault, power-cut@101%, '--fault is \"power-cut@101%\", allowed power-cut@0%'",
  })
  void whatIsNoFaultIsNamed(String option, String value, String words) throws Exception {
    Cli.Run run = Cli.run("device", "run", "--image-of", image().toString(), option + "=" + value);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(words).hasLineCount(1);
  }
}
