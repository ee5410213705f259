// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
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

/** {@code hanota simulate home --radio}. */
class RadioCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  private static Cli.Run home(String... options) {
    List<String> call = new ArrayList<>(List.of("simulate", "home", "--devices", "ihd"));
    call.addAll(List.of(options));
    return Cli.run(call.toArray(String[]::new));
  }

  /** Thresholds of a twentieth: the image needs more than the hub may send in an hour. */
  private static final String[] RATIONED = {
    "--radio", "868MHz",
    "--set", "airtimePerHour=0",
    "--set", "dutyLimited=2700",
    "--set", "dutyCritical=3750",
    "--set", "dutyRegulated=4500"
  };

  private static String[] rationed(String... more) {
    List<String> call = new ArrayList<>(List.of(RATIONED));
    call.addAll(List.of(more));
    return call.toArray(String[]::new);
  }

  @Test
  void itSaysWhatTheRadiosDidAndRunsTheSameFromItsScenario() throws IOException {
    JsonNode direct = MAPPER.readTree(home("--radio", "2.4GHz", "--json").out());
    JsonNode hub = direct.get("radio").get("nodes").get(0);
    assertThat(hub.get("node").asText()).isEqualTo("hub");
    assertThat(hub.get("airtimeNanos").asLong()).isGreaterThan(1_000_000_000L);
    assertThat(hub.get("repetitions").asLong()).isPositive();
    assertThat(direct.get("radio").get("metering").get("came").asLong()).isPositive();
    Path yaml = folder.resolve("home.yaml");
    Files.writeString(yaml, home("--radio", "2.4GHz", "--print-scenario").out());
    JsonNode again =
        MAPPER.readTree(Cli.run("simulate", "--scenario", yaml.toString(), "--json").out());
    assertThat(again.get("digest")).isEqualTo(direct.get("digest"));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Shared.root().resolve("docs/schema/scenario.json")))
                .validate(new ObjectMapper(new YAMLFactory()).readTree(yaml.toFile())))
        .isEmpty();
  }

  @Test
  void whatIsDiscardedForTheDutyCycleIsNamedEverywhere() throws IOException {
    Path page = folder.resolve("run.html");
    Cli.Run run = home(rationed("--html", page.toString()));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("hub       LIMITED by its duty cycle: sends no blocks")
        .contains("hub       may send everything again")
        .containsPattern("radio of hub: .*; [1-9][0-9,]* discarded for the duty cycle");
    assertThat(Files.readString(page))
        .contains("Image Block Response, discarded for the duty cycle", "sends no blocks");
    JsonNode json = MAPPER.readTree(home(rationed("--json")).out());
    assertThat(json.get("radio").get("nodes").get(0).get("dutyCycle").asLong()).isPositive();
    assertThat(json.get("timeLine").toString()).contains("\"state\":\"limited\"");
  }

  @Test
  void aHubAt868MhzKeepsItsOwnBudgetAndDiscardsNothing() throws IOException {
    JsonNode json = MAPPER.readTree(home("--radio", "868MHz", "--json").out());
    assertThat(json.get("succeeded").asBoolean()).isTrue();
    assertThat(json.get("radio").get("nodes").get(0).get("dutyCycle").asLong()).isZero();
    assertThat(home("--radio", "868MHz", "--print-scenario").out())
        .contains("airtimePerHour: 54000", "airtimePerOctet: 80", "band: 868MHz");
  }

  @Test
  void aWrongBandAndParametersWithoutARadioAreWrongCalls() {
    Cli.Run wrong = home("--radio", "433MHz");
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("--radio is \"433MHz\", allowed 2.4GHz, 868MHz, none");
    Cli.Run without = home("--set", "macMinBE=2");
    assertThat(without.exitCode()).isEqualTo(ExitCode.USAGE);
    Cli.Run falling = home("--radio", "868MHz", "--set", "dutyLimited=80000");
    assertThat(falling.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(falling.err()).contains("allowed rising ones");
  }

  @Test
  void withoutARadioAllIsAsItWas() {
    String none = home("--radio", "none", "--print-scenario").out();
    assertThat(none).isEqualTo(home("--print-scenario").out()).doesNotContain("radio");
  }
}
