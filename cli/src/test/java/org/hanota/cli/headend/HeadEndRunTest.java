// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.headend.duis.Duis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hanota headend run}. */
class HeadEndRunTest {
  @TempDir private Path folder;

  private Path requests() {
    return folder.resolve("requests");
  }

  private Cli.Run make(String devices) {
    return Cli.run(
        "headend", "run", "--devices", devices, "--make-requests", requests().toString());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void theRequestsOfAFolderUpdateTheHomeAndTheirAnswersAreWritten() throws IOException {
    assertThat(make("hcalcs,ppmid").out()).startsWith("3 requests in ");
    Path answers = folder.resolve("answers");
    Cli.Run run =
        Cli.run(
            "headend",
            "run",
            requests().toString(),
            "--devices",
            "hcalcs,ppmid",
            "-o",
            answers.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains(
            "11.1 UpdateFirmware",
            "a pre-command to sign",
            "11.3 SignedPreCommand",
            "a CS06 command",
            "alert 8F72 of a device",
            "the device's answer",
            "the PPMID says",
            "ACTIVATE 01010000 is ACTIVE",
            "ppmid-1: CONFIRMED");
    List<Path> written =
        files(answers).stream().filter(file -> file.toString().endsWith(".xml")).toList();
    assertThat(written).hasSize(18);
    for (Path file : written) {
      assertThat(Duis.read(Octets.wrap(Files.readAllBytes(file)))).isNotNull();
    }
    JsonNode inventory = new ObjectMapper().readTree(answers.resolve("inventory.json").toFile());
    assertThat(inventory.findValuesAsText("firmware"))
        .containsExactly("unknown", "01010000", "01010000");
    JsonNode audit = new ObjectMapper().readTree(answers.resolve("audit.json").toFile());
    assertThat(audit.findValuesAsText("number"))
        .extracting(Integer::valueOf)
        .isSorted()
        .hasSizeGreaterThan(10);
  }

  @Test
  void withoutA113TheMeterKeepsWhatItRuns() throws IOException {
    make("esme");
    Files.delete(requests().resolve("02-11.3.xml"));
    Cli.Run run = Cli.run("headend", "run", requests().toString(), "--devices", "esme");
    assertThat(run.out())
        .contains("DISTRIBUTE 01010000 is VERIFIED")
        .contains("esme-1: VERIFIED its last request is VERIFIED");
  }

  @Test
  void aWrongFileIsNamedBeforeAnythingRuns() throws IOException {
    make("esme");
    Files.writeString(requests().resolve("00.xml"), "<a/>");
    Cli.Run run = Cli.run("headend", "run", requests().toString(), "--devices", "esme");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("hanota: ").contains("00.xml").hasLineCount(1);
  }

  @Test
  void aFolderWithoutRequestsAndAHomeWithoutHeadEndAreRefused() throws IOException {
    Files.createDirectories(requests());
    assertThat(Cli.run("headend", "run", requests().toString()).err())
        .contains("has no *.xml; --make-requests");
    assertThat(Cli.run("headend", "run", folder.resolve("none").toString()).err())
        .contains("is no folder");
    Path home = folder.resolve("home.yaml");
    Files.writeString(
        home,
        Cli.run("simulate", "home", "--devices", "ihd", "--print-scenario")
            .out()
            .replaceFirst("headEnd: .*", "headEnd: none"));
    assertThat(Cli.run("headend", "run", "--scenario", home.toString()).exitCode())
        .isEqualTo(ExitCode.WRONG);
  }

  @Test
  void answersThatAreThereAlreadyAreKept() throws IOException {
    Path answers = folder.resolve("answers");
    Files.createDirectories(answers);
    Files.writeString(answers.resolve("0001-request.xml"), "mine");
    Cli.Run run = Cli.run("headend", "run", "--devices", "ppmid", "-o", answers.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("0001-request.xml: is there already").hasLineCount(1);
    assertThat(answers.resolve("0001-request.xml")).hasContent("mine");
    assertThat(files(answers)).hasSize(1);
  }

  @Test
  void anInventoryThatIsThereIsFoundBeforeTheRun() throws IOException {
    Path answers = folder.resolve("answers");
    Files.createDirectories(answers);
    Files.writeString(answers.resolve("inventory.json"), "mine");
    Cli.Run run = Cli.run("headend", "run", "--devices", "ppmid", "-o", answers.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("inventory.json: is there already").hasLineCount(1);
    assertThat(files(answers)).containsExactly(answers.resolve("inventory.json"));
  }
}
