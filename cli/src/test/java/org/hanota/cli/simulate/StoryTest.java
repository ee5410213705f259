// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.device.DeviceType;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.scenario.Scenario;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StoryTest {
  @TempDir Path folder;

  static Stream<Arguments> storiesOfTypes() {
    return Stream.of(Story.values())
        .flatMap(
            story ->
                Stream.of(DeviceType.values())
                    .filter(story::has)
                    .map(type -> Arguments.of(story, type)));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("storiesOfTypes")
  void everyStoryEndsAsItShouldForEachTypeThatHasIt(Story story, DeviceType type) {
    Cli.Run run =
        Cli.run(
            "simulate",
            "home",
            "--story",
            story.label(),
            "--devices",
            type.label(),
            "--loss",
            "0.01");
    assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
    assertThat(run.out()).contains("note: story " + story.label());
  }

  @Test
  void aFutureDatedImageRunsAtItsTimeAndNotBefore() {
    for (String type : List.of("ppmid", "ihd")) {
      String out = Cli.run("simulate", "home", "--story", "future-dated", "--devices", type).out();
      assertThat(out).containsPattern("0:0\\d:\\d\\d.\\d+ +" + type + "-1 +waits for");
      assertThat(out).containsPattern("3:00:\\d\\d.\\d+ +" + type + "-1 +activates");
    }
    String cancelled =
        Cli.run("simulate", "home", "--story", "cancelled", "--devices", "esme").out();
    assertThat(cancelled)
        .containsPattern("activate the image with hash \\w+\\.\\. at 2026-01-01T01:0\\d:")
        .contains("forget the time set for the image", "CS06 response: accepted")
        .doesNotContain("[]");
    assertThat(cancelled.split("sends .* a CS06 command", -1)).hasSizeGreaterThanOrEqualTo(4);
    assertThat(cancelled).containsPattern(" 2:0\\d:\\d\\d.\\d+ +esme-1 +activates");
  }

  @Test
  void aCommandForAnotherImageAndAReplayedOneChangeNothing() {
    String wrong = Cli.run("simulate", "home", "--story", "wrong-hash", "--devices", "esme").out();
    assertThat(wrong).containsPattern("esme-1|00DB1234\\w+ .*CS06 response: .*ash");
    assertThat(wrong).containsPattern(" 0:3\\d:\\d\\d.\\d+ +esme-1 +activates");
    String replayed = Cli.run("simulate", "home", "--story", "replayed", "--devices", "esme").out();
    assertThat(replayed.split("sends .* a CS06 command", -1)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(replayed)
        .containsPattern(" 1:3\\d:\\d\\d.\\d+ +esme-1 +activates")
        .doesNotContainPattern(" 1:[012]\\d:\\d\\d.\\d+ +esme-1 +activates");
  }

  @Test
  void afterAChangeOfSupplierTheFormerOnesImageAndCommandAreRefused() {
    String out =
        Cli.run("simulate", "home", "--story", "change-of-supplier", "--devices", "esme").out();
    assertThat(out)
        .containsPattern("esme-1 +has the supplier 90B3D51F30010000, and no longer 90B3D51F300200")
        .containsPattern("esme-1 +FAILED, INVALID_IMAGE: SIGNATURE")
        .containsPattern("CS06 command: activate .*, of 90B3D51F30020000")
        .containsPattern("esme-1 +refuses a command, UNKNOWN_ORIGINATOR")
        .doesNotContain("activates 121D-0400-01008000");
    assertThat(out.indexOf("refuses a command"))
        .isLessThan(out.indexOf("takes 121D-0400-01010000"));
    assertThat(out).contains("runs 121D-0400-01010000").contains("esme-1: updated");
  }

  @Test
  void aStoryOfARefusalDoesNotEndWellWhereTheImageRuns() {
    Scenario cancelled = scenario(Story.CANCELLED);
    HomeReport report = Home.run(cancelled, (virtualNanos, device, event) -> {});
    assertThat(HomeOutputs.endedWell(cancelled, report)).isTrue();
    assertThat(HomeOutputs.endedWell(scenario(Story.WRONG_SIGNATURE), report)).isFalse();
    assertThat(HomeOutputs.endedWell(scenario(Story.OTHER_SUPPLIER), report)).isFalse();
  }

  private static Scenario scenario(Story story) {
    return Scenario.builder(1)
        .devices(story.device(1, "esme-1", DeviceType.ESME))
        .headEnd(story::script)
        .build();
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void aStoryIsTheSameFromItsScenarioAndEndsAsWell(Story story) throws Exception {
    String[] home = {"simulate", "home", "--story", story.label(), "--json"};
    Cli.Run direct = Cli.run(home);
    Cli.Run printed =
        Cli.run(
            Stream.concat(Stream.of(home), Stream.of("--print-scenario")).toArray(String[]::new));
    Path scenario = Files.writeString(folder.resolve("story.yaml"), printed.out());
    Cli.Run run = Cli.run("simulate", "--scenario", scenario.toString(), "--json");
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(direct.exitCode()).isZero();
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(run.out()).get("digest"))
        .isEqualTo(json.readTree(direct.out()).get("digest"));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Shared.root().resolve("docs/schema/scenario.json")))
                .validate(new ObjectMapper(new YAMLFactory()).readTree(printed.out())))
        .isEmpty();
  }

  @Test
  void whatIsNoStoryOrHasNoPartInOneIsNamed() {
    Cli.Run unknown = Cli.run("simulate", "home", "--story", "change");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("--story is \"change\", allowed future-dated, cancelled");
    Cli.Run nobody = Cli.run("simulate", "home", "--story", "cancelled", "--devices", "ihd");
    assertThat(nobody.err()).contains("the story cancelled is one of hcalcs, esme, gsme");
    Cli.Run image = Cli.run("simulate", "home", "--story", "cancelled", "--image", "x");
    assertThat(image.err()).contains("allowed only without --image and --fault");
  }

  @Test
  void evidenceNamesRequirementsThatThereAreAndWhatShowsThem() throws Exception {
    Path file = folder.resolve("evidence.html");
    String[] call = {
      "simulate",
      "home",
      "--story",
      "cancelled",
      "--devices",
      "hcalcs",
      "--evidence",
      file.toString()
    };
    assertThat(Cli.run(call).exitCode()).isZero();
    String html = Files.readString(file);
    String requirements = Files.readString(Shared.root().resolve("docs/requirements.md"));
    for (Clause clause : Clause.values()) {
      assertThat(requirements).contains("\n| " + clause.requirement() + " |");
      assertThat(html).contains("<th scope=\"row\">" + clause.requirement() + "</th>");
    }
    assertThat(html)
        .contains(">hcalcs-1 sends</td><td data-label=\"Message or event\"><code>")
        .contains("sends 00DB123456789100 a CS06 command")
        .contains(">CS06 activates one image on one device</td><td data-label=\"First at\">0:")
        .contains("a PPMID&#39;s activation</td><td data-label=\"First at\">not seen in this run<")
        .contains("It ended as it should.")
        .contains("hanota simulate home --story cancelled");
    assertThat(Cli.run(call).err()).contains("evidence.html: is there already");
  }
}
