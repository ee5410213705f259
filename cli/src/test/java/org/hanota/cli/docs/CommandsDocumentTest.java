// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hanota.cli.Hanota;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code docs/commands.md} is what the commands say of themselves, and what real runs printed. */
class CommandsDocumentTest {
  @TempDir Path folder;

  /** The commands that do something by themselves, with what they say of themselves. */
  private static Map<String, String> commands() {
    Map<String, String> commands = new LinkedHashMap<>();
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    collect("", Hanota.commandLine(nowhere, nowhere), commands);
    return commands;
  }

  private static void collect(String above, CommandLine command, Map<String, String> into) {
    for (Map.Entry<String, CommandLine> below : command.getSubcommands().entrySet()) {
      String name = above + below.getKey();
      if (below.getValue().getSubcommands().isEmpty()
          || below.getValue().getCommandSpec().userObject() instanceof Callable) {
        String about =
            String.join(" ", below.getValue().getCommandSpec().usageMessage().description());
        into.put(
            name, about.replaceAll("(?<=[.])\\s.*", "").replace("|", "\\|").replace("%n", " "));
      }
      collect(name + " ", below.getValue(), into);
    }
  }

  @Test
  void everyCommandHasAnExample() {
    assertThat(CommandExamples.ALL.stream().map(Example::command).collect(Collectors.toSet()))
        .as("a command without an example: add a line to CommandExamples")
        .isEqualTo(new TreeSet<>(commands().keySet()));
  }

  @Test
  void theDocumentIsWhatTheCommandsSayAndPrint() throws Exception {
    Map<Example, List<String>> printed = new LinkedHashMap<>();
    try (Workplace workplace = new Workplace(folder)) {
      for (Example example : CommandExamples.ALL) {
        printed.put(example, workplace.run(example));
      }
    }
    String text = document(commands(), printed);
    Path file = Shared.root().resolve("docs/commands.md");
    if (Boolean.getBoolean("hanota.update")) {
      Files.writeString(file, text);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("run this test with -Dhanota.update=true and look at what changed")
        .isEqualTo(text);
  }

  private static String document(Map<String, String> commands, Map<Example, List<String>> printed) {
    List<String> lines = new ArrayList<>();
    lines.add("# Commands");
    lines.add("");
    lines.add(
        "Made by `CommandsDocumentTest` from what `hanota --help` lists and from real runs, one"
            + " after");
    lines.add(
        "the other in one folder. Each command says more on `--help`; `--json` has a schema in"
            + " [schema](schema).");
    lines.add("");
    lines.add("| command | what it does | example |");
    lines.add("|---|---|---|");
    commands.forEach(
        (name, about) ->
            printed.keySet().stream()
                .filter(example -> example.command().equals(name))
                .findFirst()
                .ifPresent(
                    example ->
                        lines.add(
                            "| `%s` | %s | `%s` |"
                                .formatted(name, about, Workplace.call(example)))));
    lines.add("");
    lines.add("## What they print");
    lines.add("");
    lines.add("```text");
    printed.forEach(
        (example, output) -> {
          lines.add("$ " + Workplace.call(example));
          lines.addAll(output);
        });
    lines.add("```");
    return String.join("\n", lines) + "\n";
  }
}
