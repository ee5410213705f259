// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare}: a planted difference is told, none is not, and what is no result is refused. */
class CompareCommandTest {
  @TempDir Path folder;

  /** 100 cells, of which each has its own outages. */
  private String run(String name, String its, String other) throws IOException {
    String text = Files.readString(Shared.root().resolve("docs/scenarios/two-regions.yaml"));
    assertThat(text).contains(its);
    Path scenario = Files.writeString(folder.resolve(name + ".yaml"), text.replace(its, other));
    Path lines = folder.resolve(name + ".jsonl");
    Cli.Run run =
        Cli.run(
            "simulate",
            "fleet",
            "--homes",
            "10000",
            "--scenario",
            scenario.toString(),
            "--jsonl",
            lines.toString());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    return lines.toString();
  }

  private static Map<String, String> verdicts(String a, String b) throws IOException {
    Cli.Run run = Cli.run("compare", "--json", "--confidence", "99.9", a, b);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    Map<String, String> found = new HashMap<>();
    for (JsonNode each : new ObjectMapper().readTree(run.out()).get("measures")) {
      found.put(each.get("name").asText(), each.get("verdict").asText());
    }
    return found;
  }

  @Test
  void aPlantedDifferenceIsToldAndNoOther() throws IOException {
    String base = run("base", "seed: 5", "seed: 5");
    assertThat(verdicts(base, base).values()).containsOnly("equal");
    String otherSeed = run("other", "seed: 5", "seed: 6");
    assertThat(verdicts(base, otherSeed).values()).containsOnly("not told apart", "equal");
    Map<String, String> lossy = verdicts(base, run("lossy", "loss: 0.02", "loss: 0.04"));
    assertThat(lossy)
        .containsEntry("transfer", "B is more")
        .containsEntry("repetitions", "B is more")
        .containsEntry("updated", "equal")
        .containsEntry("wan", "equal");
    Map<String, String> failing =
        verdicts(otherSeed, run("bad", "share: 100 % }]", "share: 100 %, fails: 0.02 }]"));
    assertThat(failing)
        .containsEntry("failed", "B is more")
        .containsEntry("updated", "B is less")
        .containsEntry("silent", "equal");
    String text = Cli.run("compare", base, otherSeed).out();
    assertThat(text).contains("compared as independent runs", "95 % interval");
    assertThat(Cli.run("compare", base, base).out()).contains("compared part by part");
  }

  @Test
  void whatIsNoResultIsRefusedWithItsLine() throws IOException {
    String good = run("good", "seed: 5", "seed: 5");
    Path wrong = folder.resolve("wrong.jsonl");
    Files.writeString(wrong, "{\"type\":\"step\"}\n");
    refused(good, wrong, "wrong.jsonl, line 1: is not what names a run");
    String text = Files.readString(Path.of(good));
    Files.writeString(wrong, text.replace("\"updatedMillis\":", "\"updatedHours\":"));
    refused(good, wrong, "has no whole number 'updatedMillis'");
    Files.writeString(wrong, text.substring(0, text.length() - 5));
    refused(good, wrong, "is no JSON");
    Files.writeString(wrong, text.replaceAll("(?m)^.*\"type\":\"part\".*\n", ""));
    refused(good, wrong, "has no line of type part");
    Files.write(wrong, new byte[] {(byte) 0xFF, 0});
    refused(good, wrong, "is no text");
    Path few = folder.resolve("few.jsonl");
    String house = Shared.root().resolve("docs/scenarios/one-house.yaml").toString();
    assertThat(
            Cli.run("simulate", "fleet", "--scenario", house, "--jsonl", few.toString()).exitCode())
        .isZero();
    refused(few.toString(), few, "in 1 parts, allowed 8 and more");
    Cli.Run odd = Cli.run("compare", "--confidence", "100", good, good);
    assertThat(odd.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(odd.err()).contains("--confidence is 100.0, allowed 50.0 to 99.99");
  }

  private static void refused(String first, Path second, String said) {
    Cli.Run run = Cli.run("compare", first, second.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains(said).doesNotContain("\tat ");
  }
}
