// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.hanota.api.machine.TransitionTable;

/** Keeps a machine's page in {@code docs/} equal to its table. */
public final class StateDocument {
  private StateDocument() {}

  /**
   * Fails if {@code docs/<name>} is not what the table says; with {@code -Dhanota.update=true} it
   * is written anew instead.
   */
  public static <S extends Enum<S>, I extends Enum<I>> void check(
      String name, String title, String source, TransitionTable<S, I, ?> table) throws IOException {
    Path path = Shared.root().resolve("docs").resolve(name);
    String wanted = page(title, source, table);
    if (Boolean.getBoolean("hanota.update")) {
      Files.createDirectories(path.resolveSibling("."));
      Files.writeString(path, wanted);
    }
    String found = Files.exists(path) ? Files.readString(path) : "";
    if (!found.equals(wanted)) {
      throw new AssertionError(
          path + " is stale; run this test with -Dhanota.update=true and look at what changed");
    }
  }

  private static <S extends Enum<S>, I extends Enum<I>> String page(
      String title, String source, TransitionTable<S, I, ?> table) {
    StringBuilder out =
        new StringBuilder()
            .append("# ")
            .append(title)
            .append("\n\nMade from `")
            .append(source)
            .append("` by its test; a pair that is not here does nothing.\n\n```mermaid\n")
            .append(table.diagram())
            .append("```\n\n| state | stimulus | what it does | leads to |\n|---|---|---|---|\n");
    table
        .transitions()
        .forEach(
            entry ->
                out.append("| ")
                    .append(entry.from())
                    .append(" | ")
                    .append(entry.stimulus())
                    .append(" | ")
                    .append(entry.note())
                    .append(" | ")
                    .append(entry.to().stream().map(Enum::name).collect(Collectors.joining(", ")))
                    .append(" |\n"));
    return out.toString();
  }
}
