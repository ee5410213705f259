// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.sim.fleet.FleetResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The files that a fleet's results go to. [hanota H147] */
final class FleetOutputs {
  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes what happened in each region and step as CSV.")
  private @Nullable Path csv;

  @Option(
      names = "--jsonl",
      paramLabel = "FILE",
      description = "Writes everything that was counted as JSON Lines, which hanota compare reads.")
  private @Nullable Path jsonl;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes one page with charts, which needs no network.")
  private @Nullable Path html;

  @Option(
      names = "--mermaid",
      paramLabel = "FILE",
      description = "Writes how long updates took as a Mermaid chart, for documents.")
  private @Nullable Path mermaid;

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  /** Refuses files that are there before anything is simulated. */
  void refuseExisting() throws IOException {
    List<Path> files = new ArrayList<>();
    Stream.of(csv, jsonl, html, mermaid).filter(Objects::nonNull).forEach(files::add);
    OutputFile.refuseExisting(files, choice.existing());
  }

  /**
   * Writes them.
   *
   * @param scenario the file that was simulated
   * @param text what is in it
   */
  void write(FleetIdentity identity, FleetResult result, Path scenario, String text)
      throws IOException {
    if (csv != null) {
      OutputFile.write(csv, FleetSteps.csv(identity, result), choice.existing());
    }
    if (jsonl != null) {
      OutputFile.write(jsonl, FleetLines.of(identity, result), choice.existing());
    }
    if (html != null) {
      write(html, FleetPage.of(identity, result, title(scenario), question(text)));
    }
    if (mermaid != null) {
      write(mermaid, FleetMermaid.of(identity, result));
    }
  }

  /**
   * Writes those of a sweep.
   *
   * @param scenario the file that was simulated
   */
  void write(FleetIdentity identity, FleetSweep sweep, List<FleetSweep.Row> rows, Path scenario)
      throws IOException {
    if (csv != null) {
      OutputFile.write(csv, sweep.csv(identity, rows), choice.existing());
    }
    if (html != null) {
      write(html, SweepPage.of(identity, sweep, rows, title(scenario)));
    }
  }

  /** An output that a sweep does not have; empty if none is named. */
  Optional<String> notOfSweep() {
    return jsonl != null
        ? Optional.of("--jsonl")
        : Optional.ofNullable(mermaid).map(named -> "--mermaid");
  }

  private void write(Path file, String text) throws IOException {
    OutputFile.write(file, text.getBytes(StandardCharsets.UTF_8), choice.existing());
  }

  private static String title(Path scenario) {
    return "Fleet " + String.valueOf(scenario.getFileName()).replaceFirst("[.][^.]*$", "");
  }

  /** The comments at the head of a scenario, a paragraph for each that begins with a name. */
  private static List<String> question(String text) {
    List<String> found = new ArrayList<>();
    for (String line : text.lines().takeWhile(each -> each.startsWith("#")).toList()) {
      String words = line.substring(1).strip();
      if (found.isEmpty() || words.matches("[A-Z][a-z]*: .*")) {
        found.add(words);
      } else {
        found.set(found.size() - 1, found.get(found.size() - 1) + " " + words);
      }
    }
    return found;
  }
}
