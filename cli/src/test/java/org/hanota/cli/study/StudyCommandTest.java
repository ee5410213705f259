// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.hanota.cli.Cli;
import org.hanota.device.DeviceMachine;
import org.hanota.device.DeviceParameter;
import org.hanota.study.StudyParameter;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hanota study secmp0007} says and writes. */
class StudyCommandTest {
  private static final String SMALL = "wanHomesPerCell=10";

  @TempDir private Path folder;

  @Test
  void itSaysTheNumbersAndWritesPageTablesAndCharts() throws IOException {
    Path page = folder.resolve("study.html");
    Path csv = folder.resolve("study.csv");
    Path svg = folder.resolve("charts");
    Cli.Run run =
        Cli.run(
            "study",
            "secmp0007",
            "--set",
            SMALL,
            "--html",
            page.toString(),
            "--csv",
            csv.toString(),
            "--svg",
            svg.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("10,125,000", "202.5");
    assertThat(Files.readString(page)).contains("<svg", "202.5");
    assertThat(Files.readString(csv)).contains("\"10,125,000\"");
    assertThat(svg.resolve("tornado.svg")).isNotEmptyFile();
    Cli.Run again = Cli.run("study", "secmp0007", "--set", SMALL, "--csv", csv.toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("is there already");
  }

  @Test
  void itsJsonIsThatOfItsSchema() throws IOException {
    Cli.Run run = Cli.run("study", "secmp0007", "--set", SMALL, "--json");
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Shared.root().resolve("docs/schema/study.json")))
                .validate(run.out(), InputFormat.JSON))
        .isEmpty();
    assertThat(run.out()).contains("\"replacementPence\" : 20250000000");
  }

  @Test
  void anInputThatIsNoneOrNotAllowedIsNamed() {
    Cli.Run run = Cli.run("study", "secmp0007", "--set", "studyMetres=1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is studyMeters meant?");
    assertThat(Cli.run("study", "secmp0007", "--set", "studyUnitCost=0").err())
        .contains("studyUnitCost is 0, allowed 1 to 1000000 pence");
  }

  /** C09: what a device needs more, measured at this project's own. */
  @Test
  void codeAndStorageOfADeviceAreThoseOfThisProject() throws Exception {
    assertThat(StudyParameter.DEVICE_STORAGE.parameter().value())
        .isEqualTo(
            DeviceParameter.MAXIMUM_IMAGE_OCTETS.parameter().value()
                + DeviceParameter.JOURNAL_OCTETS.parameter().value());
    URI code = DeviceMachine.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    long octets = 0;
    Path place = Path.of(code);
    if (Files.isDirectory(place)) {
      octets = sum(place.resolve("org/hanota/device"));
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        octets = sum(jar.getPath("org/hanota/device"));
      }
    }
    assertThat((double) octets / StudyParameter.DEVICE_CODE.parameter().value())
        .as(octets + " octets of class files")
        .isCloseTo(1, within(0.15));
  }

  private static long sum(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      long octets = 0;
      for (Path each : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        octets += Files.size(each);
      }
      return octets;
    }
  }
}
