// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.cli.Cli;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.testing.JavaCommand;
import org.junit.jupiter.api.Test;

/** A range of a swarm's seeds, and how what it finds is seen again. */
class SwarmSeedsTest {
  private static final Pattern REPLAY = Pattern.compile("replay: hanota simulate (.*)");

  private static final Pattern VIOLATED =
      Pattern.compile("(?:hanota: )?(I\\d+ does not hold .*?)(\\. This is a fault of hanota.*)?");

  private static String planted(String... arguments) throws IOException, InterruptedException {
    Process process =
        JavaCommand.of(List.of(), PlantedSoak.class, List.of(arguments))
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isEqualTo(1);
    return printed;
  }

  /** What was before a violation and the violation, to the nanosecond. */
  private static List<String> violation(List<String> lines) {
    List<String> found = new ArrayList<>();
    for (String line : lines) {
      Matcher violated = VIOLATED.matcher(line);
      if (violated.matches()) {
        found.add(violated.group(1));
        return found;
      } else if (line.matches(" *\\d+\\.\\d{9} s .*")) {
        found.add(line.strip());
      }
    }
    throw new AssertionError("no violation in " + lines);
  }

  @Test
  void whatASoakFindsIsSeenAgainInAFreshProcessByTheCommandThatItPrints()
      throws IOException, InterruptedException {
    String soak = planted("--swarm-seeds", "1-4", "--workers", "2");
    Matcher replay = REPLAY.matcher(soak);
    assertThat(replay.find()).as(soak).isTrue();
    List<String> found = violation(soak.lines().toList());
    assertThat(found).hasSizeGreaterThan(5).last().asString().matches("I[246] does not hold .*");
    String again = planted(replay.group(1).split(" "));
    assertThat(violation(again.lines().toList())).isEqualTo(found);
  }

  private static JsonNode json(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("simulate", "--json"));
    arguments.addAll(Arrays.asList(options));
    Cli.Run run = Cli.run(arguments.toArray(new String[0]));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void theDigestOfARangeIsTheSameForAnyNumberOfWorkers() throws IOException {
    JsonNode one = json("--swarm-seeds", "2-5", "--workers", "1");
    JsonNode three = json("--swarm-seeds", "2-5", "--workers", "3");
    assertThat(three.get("digest")).isEqualTo(one.get("digest"));
    assertThat(three.get("nemeses")).isEqualTo(one.get("nemeses")).hasSize(Nemesis.values().length);
    assertThat(one.get("violations")).isEmpty();
    assertThat(one.get("sometimes")).hasSize(10);
    assertThat(json("--swarm-seeds", "2-4").get("digest")).isNotEqualTo(one.get("digest"));
  }

  @Test
  void whatIsNoRangeIsRefused() {
    isRefused("allowed FROM-TO as in 1-100000", "--swarm-seeds", "7");
    isRefused("allowed a second number that is not below the first", "--swarm-seeds", "7-6");
    isRefused("--workers is 0, allowed 1 to 256", "--swarm-seeds", "1-2", "--workers", "0");
    isRefused("--workers is given, allowed with --swarm-seeds", "--workers", "2");
    isRefused("allowed with --workers and --json", "--swarm-seeds", "1-2", "--swarm-seed", "1");
  }

  private static void isRefused(String why, String... options) {
    List<String> arguments = new ArrayList<>(List.of("simulate"));
    arguments.addAll(Arrays.asList(options));
    Cli.Run run = Cli.run(arguments.toArray(new String[0]));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(why);
  }
}
