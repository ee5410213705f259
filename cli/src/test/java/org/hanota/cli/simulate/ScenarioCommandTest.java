// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home that is printed as a scenario and run from it is the same home. */
class ScenarioCommandTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @TempDir Path folder;

  private static String digest(Cli.Run run) throws IOException {
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
    return new ObjectMapper().readTree(run.out()).get("digest").asText();
  }

  private Path printed(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("simulate", "home", "--print-scenario"));
    command.addAll(List.of(options));
    Cli.Run run = Cli.run(command.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return Files.writeString(folder.resolve("home.yaml"), run.out());
  }

  private Path image() throws IOException {
    Path file = folder.resolve("an image.ota");
    Path octets = Files.write(folder.resolve("image.bin"), new byte[3_000]);
    Cli.Run run =
        Cli.run(
            "image",
            "create",
            "--manufacturer-code",
            "0x1234",
            "--image-type",
            "1",
            "--file-version",
            "2",
            "-o",
            file.toString(),
            octets.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--devices esme,ppmid,ppmid,gsme,ihd,hcalcs --loss 0.1 --seed 7 --tie-seed 3",
        "--devices ppmid --fault power-cut@37% --set maximumDataSize=24 --set rest=1",
        "--profile consultation-2018 --set hubMaximumImageOctets=20000",
      })
  void aHomeHasTheSameDigestFromItsScenario(String options) throws IOException {
    String[] words = options.isEmpty() ? new String[0] : options.split(" ", -1);
    List<String> direct = new ArrayList<>(List.of("simulate", "home", "--json"));
    direct.addAll(List.of(words));
    String digest = digest(Cli.run(direct.toArray(String[]::new)));
    Path scenario = printed(words);
    assertThat(digest(Cli.run("simulate", "--scenario", scenario.toString(), "--json")))
        .isEqualTo(digest);
  }

  @Test
  void aFileOfTheUsersIsNamedWithItsHashAndAnotherOneIsRefused() throws IOException {
    Path image = image();
    String[] home = {"simulate", "home", "--json", "--image", image.toString()};
    String digest = digest(Cli.run(home));
    Path scenario = printed("--image", image.toString());
    assertThat(scenario).content().contains("path: \"" + image + "\"", "kind: zigbee");
    String[] command = {"simulate", "--scenario", scenario.toString(), "--json"};
    assertThat(digest(Cli.run(command))).isEqualTo(digest);
    byte[] octets = Files.readAllBytes(image);
    octets[octets.length - 1] ^= 1;
    Files.write(image, octets);
    Cli.Run other = Cli.run(command);
    assertThat(other.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(other.err())
        .contains(image.toString(), "found", "SHA-256", "allowed")
        .hasLineCount(1);
    Files.delete(image);
    assertThat(Cli.run(command).err()).contains("no such file").hasLineCount(1);
  }

  /** The schema allows what is printed, and nothing under another name. */
  @Test
  void whatIsPrintedIsWhatItsSchemaSays() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Shared.root().resolve("docs/schema/scenario.json")));
    String[] everything = {
      "--devices",
      "ppmid,esme,ihd",
      "--fault",
      "power-cut@37%",
      "--tie-seed",
      "2",
      "--set",
      "rest=1",
      "--set",
      "concurrentTransfers=1"
    };
    String sample = Files.readString(printed(everything));
    String file = Files.readString(printed("--image", image().toString()));
    for (String text : List.of(sample, file)) {
      assertThat(schema.validate(YAML.readTree(text))).as(text).isEmpty();
    }
    for (String key : List.of("seed:", "latency:", "firmwareOctets:", "cue:", "off:", "safety:")) {
      assertThat(schema.validate(YAML.readTree(sample.replace(key, "x" + key))))
          .as(key)
          .isNotEmpty();
    }
  }

  @Test
  void theScenarioOfASwarmIsPrintedAndRunsAsIt() throws IOException {
    Cli.Run yaml = Cli.run("simulate", "--swarm-seed", "5", "--print-scenario");
    Path file = Files.writeString(folder.resolve("swarm.yaml"), yaml.out());
    assertThat(digest(Cli.run("simulate", "--scenario", file.toString(), "--json")))
        .isEqualTo(digest(Cli.run("simulate", "--swarm-seed", "5", "--json")));
    Cli.Run both = Cli.run("simulate", "--swarm-seed", "5", "--scenario", file.toString());
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("both --scenario and --swarm-seed are given");
  }

  @Test
  void moreDevicesThanFourAreUpdatedInOneHome() {
    Cli.Run run =
        Cli.run(
            "simulate", "home", "--devices", "ppmid,ppmid,ppmid,ihd,ihd,ihd,hcalcs,esme,gsme,esme");
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("ppmid-3: updated", "ihd-3: updated", "esme-2: updated");
  }

  @Test
  void anotherOrderOfEqualTimesChangesTheRunAndNotItsEnd() throws IOException {
    String plain = digest(Cli.run("simulate", "home", "--json"));
    boolean differs = false;
    for (String tieSeed : List.of("1", "2", "3")) {
      Cli.Run run = Cli.run("simulate", "home", "--json", "--tie-seed", tieSeed);
      differs |= !digest(run).equals(plain);
    }
    assertThat(differs).isTrue();
  }

  /** H191. */
  @Test
  void aRealHeadEndPlaysWhatItCan() throws IOException {
    assertThat(Files.readString(printed("--devices", "esme,ppmid"))).contains("headEnd: real");
    assertThat(Cli.run("simulate", "home", "--devices", "esme", "--loss", "0").out())
        .doesNotContain("stand-in");
    assertThat(Cli.run("simulate", "home", "--story", "replayed", "--devices", "esme").out())
        .contains("note: a stand-in plays the supplier and the DCC: no head end sends a command");
    Path scenario = printed("--story", "replayed");
    Files.writeString(scenario, Files.readString(scenario).replace("stand-in", "real"));
    assertThat(Cli.run("simulate", "--scenario", scenario.toString()).err())
        .contains("headEnd is real, allowed stand-in: no head end sends a command twice")
        .hasLineCount(1);
  }

  @Test
  void whatIsNoScenarioIsRefusedInOneLineWithItsPlace() throws IOException {
    Path scenario = printed("--devices", "ihd");
    Files.writeString(scenario, Files.readString(scenario).replace("latency:", "latencie:"));
    Cli.Run run = Cli.run("simulate", "--scenario", scenario.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("home.yaml, line 3, column 3", "latency").hasLineCount(1);
    assertThat(Cli.run("simulate", "--scenario", folder.toString()).exitCode())
        .isEqualTo(ExitCode.WRONG);
    assertThat(Cli.run("simulate", "--scenario", folder + "/absent").err())
        .contains("no such file")
        .hasLineCount(1);
  }
}
