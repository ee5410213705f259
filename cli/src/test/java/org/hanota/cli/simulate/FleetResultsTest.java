// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.cli.Cli;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/scenarios/results.md} is what real runs of the library printed and drew. */
class FleetResultsTest {
  private static final String HEAD =
      """
      # What came of the scenarios

      Made by `FleetResultsTest` from real runs with the homes that each names; `-Dhanota.update=true` makes it anew. The charts have a line for
      each region, in the order of their title: the time in which so many of its updated devices were done. The same run as one page with all
      charts: `--html FILE`.
      """;

  /** So large that its thresholds hold, and run where there is time for it. */
  private static final int NATION_HOMES = 270_000;

  /** What takes long is run small. */
  private static final Map<String, Integer> HOMES =
      Map.of(
          "nation",
          NATION_HOMES,
          "street-868",
          3,
          "prepayment-sleepy",
          2,
          "change-of-supplier",
          20_000);

  private static final int HOMES_OTHERWISE = 5_000;

  @TempDir Path folder;

  private static Path scenarios() {
    return Shared.root().resolve("docs/scenarios");
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(scenarios())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".yaml"))
          .map(file -> file.substring(0, file.length() - ".yaml".length()))
          .sorted()
          .toList();
    }
  }

  private static String heading(String name) {
    return "\n## " + name + "\n";
  }

  private String section(String name) throws IOException {
    Path scenario = scenarios().resolve(name + ".yaml");
    Path chart = folder.resolve(name + ".mmd");
    String homes =
        name.equals("one-house") ? "1" : HOMES.getOrDefault(name, HOMES_OTHERWISE).toString();
    Cli.Run run =
        Cli.run(
            "simulate",
            "fleet",
            "--scenario",
            scenario.toString(),
            "--homes",
            homes,
            "--mermaid",
            chart.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    StringBuilder text = new StringBuilder(heading(name)).append('\n');
    Files.readString(scenario)
        .lines()
        .takeWhile(line -> line.startsWith("#"))
        .forEach(line -> text.append(line.substring(1).strip()).append('\n'));
    text.append("\n`hanota simulate fleet --scenario docs/scenarios/").append(name);
    text.append(".yaml --homes ").append(homes).append("`\n\n```\n");
    run.out().lines().forEach(line -> text.append(line).append('\n'));
    text.append("```\n\n```mermaid\n").append(Files.readString(chart)).append("```\n");
    return text.toString();
  }

  private static String document() throws IOException {
    Path file = scenarios().resolve("results.md");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** What stands there of a scenario. */
  private static String kept(String document, String name) {
    int from = document.indexOf(heading(name));
    int to = from < 0 ? -1 : document.indexOf("\n## ", from + 1);
    return from < 0 ? "" : document.substring(from, to < 0 ? document.length() : to);
  }

  private static void update(String name, String section) throws IOException {
    if (Boolean.getBoolean("hanota.update")) {
      StringBuilder whole = new StringBuilder(HEAD);
      String document = document();
      for (String each : names()) {
        whole.append(each.equals(name) ? section : kept(document, each));
      }
      Files.writeString(scenarios().resolve("results.md"), whole);
    }
  }

  private void check(String name) throws IOException {
    String section = section(name);
    update(name, section);
    assertThat(kept(document(), name))
        .as("run this test with -Dhanota.update=true and look at what changed")
        .isEqualTo(section);
  }

  @Test
  void eachScenarioIsInTheDocumentAndOneCameToWhatItShows() throws IOException {
    check("regions");
    assertThat(document()).startsWith(HEAD);
    assertThat(new TreeSet<>(document().lines().filter(line -> line.startsWith("## ")).toList()))
        .isEqualTo(new TreeSet<>(names().stream().map(name -> "## " + name).toList()));
  }

  @Tag("soak")
  @Test
  void eachScenarioCameToWhatTheDocumentShows() throws IOException {
    for (String name : names()) {
      check(name);
    }
  }
}
