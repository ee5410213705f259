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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simulate fleet}: the same digest, files that name their run, and a run that goes on. */
class FleetCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static Path scenarios() {
    return Shared.root().resolve("docs/scenarios");
  }

  private static Cli.Run fleet(String... options) {
    List<String> command = new ArrayList<>(List.of("simulate", "fleet", "--homes", "2000"));
    command.addAll(List.of("--scenario", scenarios().resolve("two-regions.yaml").toString()));
    command.addAll(List.of(options));
    return Cli.run(command.toArray(String[]::new));
  }

  private static String digest(Cli.Run run) throws IOException {
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
    return JSON.readTree(run.out()).get("digest").asText();
  }

  @Test
  void aRunThatIsKeptAndResumedComesToTheSame() throws IOException {
    String digest = digest(fleet("--json", "--workers", "1"));
    String kept = folder.resolve("kept").toString();
    assertThat(digest(fleet("--json", "--workers", "3", "--checkpoint", kept))).isEqualTo(digest);
    assertThat(digest(fleet("--json", "--resume", kept))).isEqualTo(digest);
    Cli.Run again = fleet("--checkpoint", kept);
    assertThat(again.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(again.err()).contains("is not empty, allowed a new one, or --resume");
  }

  @Test
  void anotherScenarioIsNotResumed() throws IOException {
    String kept = folder.resolve("kept").toString();
    assertThat(fleet("--checkpoint", kept).exitCode()).isEqualTo(ExitCode.DONE);
    Cli.Run other =
        Cli.run(
            "simulate",
            "fleet",
            "--scenario",
            scenarios().resolve("wan-outage.yaml").toString(),
            "--homes",
            "2000",
            "--resume",
            kept);
    assertThat(other.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(other.err()).contains("is of another run").doesNotContain("\tat ");
  }

  /** A build of the same version that computes otherwise is another program. */
  @Test
  void anotherVersionAndAnotherBuildAreNotResumed() throws IOException {
    Path kept = folder.resolve("kept");
    assertThat(fleet("--checkpoint", kept.toString()).exitCode()).isEqualTo(ExitCode.DONE);
    Path id = kept.resolve("fleet.id");
    String own = Files.readString(id);
    assertThat(own).contains("hanota ").containsPattern("program [0-9a-f]{64}\n");
    for (String other :
        List.of(
            own.replaceFirst("hanota .*", "hanota 9.9.9"),
            own.replaceFirst("program ....", "program beef"))) {
      Files.writeString(id, other);
      Cli.Run run = fleet("--resume", kept.toString());
      assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(run.err())
          .contains("is of another run, which has")
          .contains(other.strip().replace("\n", "; "))
          .contains(own.strip().replace("\n", "; "));
    }
  }

  @Test
  void filesNameTheirRunAndSumUpToIt() throws IOException {
    Path csv = folder.resolve("steps.csv");
    Path jsonl = folder.resolve("steps.jsonl");
    JsonNode root =
        JSON.readTree(fleet("--json", "--csv", csv.toString(), "--jsonl", jsonl.toString()).out());
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0)).isEqualTo("# scenario " + root.get("scenario").asText());
    assertThat(lines).contains("# digest " + root.get("digest").asText(), "# homes 2000");
    List<String> objects = Files.readAllLines(jsonl);
    assertThat(JSON.readTree(objects.get(0)).get("digest")).isEqualTo(root.get("digest"));
    long updated = 0;
    Map<String, Long> devices = new TreeMap<>();
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Shared.root().resolve("docs/schema/fleet-lines.json")));
    for (String line : objects) {
      JsonNode each = JSON.readTree(line);
      assertThat(schema.validate(each)).as(line).isEmpty();
      String type = each.get("type").asText();
      long counted = each.path(each.has("updated") ? "updated" : "devices").asLong();
      devices.merge(type, counted, Long::sum);
      updated += type.equals("step") ? counted : 0;
    }
    assertThat(updated).isEqualTo(1_000);
    assertThat(devices)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("run", 0L),
                Map.entry("wave", 1_000L),
                Map.entry("decision", 0L),
                Map.entry("step", 1_000L),
                Map.entry("deviceStep", 1_000L),
                Map.entry("duration", 1_000L),
                Map.entry("wanTime", 1_000L),
                Map.entry("transferTime", 1_000L),
                Map.entry("device", 0L),
                Map.entry("cause", 0L),
                Map.entry("part", 1_000L)));
    assertThat(schema.validate(JSON.readTree("{\"type\":\"step\",\"surprise\":1}"))).isNotEmpty();
  }

  @Test
  void aSweepRunsEachCombinationAsItWouldRunAlone() throws IOException {
    Path page = folder.resolve("sweep.html");
    Path csv = folder.resolve("sweep.csv");
    List<String> sweep = List.of("--sweep", "maximumDataSize=32,63", "--sweep", "silent=0,0.5");
    List<String> files = List.of("--html", page.toString(), "--csv", csv.toString());
    List<String> options = new ArrayList<>(sweep);
    options.addAll(files);
    options.add("--json");
    Cli.Run run = fleet(options.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    JsonNode runs = JSON.readTree(run.out()).get("runs");
    assertThat(runs).hasSize(4);
    assertThat(runs.get(1).get("set"))
        .hasToString("{\"maximumDataSize\":\"32\",\"silent\":\"0.5\"}");
    assertThat(runs.get(1).get("silent").asInt()).isPositive();
    assertThat(runs.get(0).get("transferMedianMillis").asLong())
        .isGreaterThan(runs.get(2).get("transferMedianMillis").asLong());
    Path same = folder.resolve("same.yaml");
    String text = Files.readString(scenarios().resolve("two-regions.yaml"));
    Files.writeString(same, text.replace("maximumDataSize: 50", "maximumDataSize: 63"));
    Cli.Run alone =
        Cli.run("simulate", "fleet", "--json", "--homes", "2000", "--scenario", same.toString());
    assertThat(runs.get(2).get("digest").asText()).isEqualTo(digest(alone));
    assertThat(Files.readAllLines(csv)).hasSize(4 + 1 + 4);
    assertThat(Files.readString(page))
        .contains("<h3>maximumDataSize 32</h3>", "silent 0.5", "new uPlot(")
        .doesNotContain("src=", "href=", "@import", "url(");
  }

  @Test
  void aSweepThatIsNotPossibleIsRefusedBeforeAnythingIsRun() {
    assertThat(fleet("--sweep", "los=1").err())
        .contains("--sweep is \"los=1\": allowed seed, homes");
    assertThat(fleet("--sweep", "loss").err()).contains("allowed NAME=VALUE,VALUE");
    assertThat(fleet("--sweep", "loss=0.1,2").err())
        .contains("--sweep loss=2: loss is 2.0, allowed 0");
    assertThat(fleet("--sweep", "loss=0.1,0.1").err()).contains("allowed each value once");
    assertThat(fleet("--sweep", "loss=0.1", "--sweep", "loss=0.2").err()).contains("twice");
    assertThat(fleet("--sweep", "seed=1", "--jsonl", "x").err())
        .contains("--sweep is given with --jsonl");
  }

  @Test
  void eachScenarioOfTheLibraryHasTheFormOfTheSchema() throws IOException {
    var schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Shared.root().resolve("docs/schema/fleet.json")));
    try (Stream<Path> files = Files.list(scenarios())) {
      for (Path each : files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
        JsonNode fleet = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(each));
        assertThat(schema.validate(fleet)).as(each.toString()).isEmpty();
      }
    }
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() throws IOException {
    Path wrong = folder.resolve("wrong.yaml");
    String text = Files.readString(scenarios().resolve("two-regions.yaml"));
    Files.writeString(wrong, text.replace("homesPerCell: 100, outages", "homesPerCel: 1, outages"));
    Cli.Run run = Cli.run("simulate", "fleet", "--scenario", wrong.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("wrong.yaml, line 17, column 5: an element of regions has no");
  }
}
