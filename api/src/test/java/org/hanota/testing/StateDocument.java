// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;
import org.hanota.api.machine.TransitionTable.Edge;

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
    List<Edge<S, I>> edges = table.edges();
    StringBuilder out =
        new StringBuilder(
            """
            # %s

            Made from `%s` by its test. The diagram shows where the states lead;
            the table below has %d transitions, one a line, also those that stay in their state. A pair of
            state and stimulus that is not in it does nothing.

            ```mermaid
            %s```

            | state | stimulus | leads to | what it does | rule |
            |---|---|---|---|---|
            """
                .formatted(title, source, edges.size(), diagram(edges)));
    edges.forEach(
        edge ->
            out.append("| ")
                .append(edge.from())
                .append(" | ")
                .append(edge.stimulus())
                .append(" | ")
                .append(edge.to())
                .append(" | ")
                .append(edge.note())
                .append(" | ")
                .append(
                    edge.clause().equals(TransitionTable.OURS)
                        ? "ours"
                        : edge.clause().replaceAll("[\\[\\]]", ""))
                .append(" |\n"));
    return out.toString();
  }

  /** One arrow for each pair of different states, with all that leads along it. */
  private static <S extends Enum<S>, I extends Enum<I>> String diagram(List<Edge<S, I>> edges) {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    for (Edge<S, I> edge : edges) {
      if (edge.from() != edge.to()) {
        arrows
            .computeIfAbsent(edge.from() + " --> " + edge.to(), arrow -> new LinkedHashSet<>())
            .add(edge.stimulus().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    StringBuilder out = new StringBuilder("stateDiagram-v2\n");
    arrows.forEach(
        (arrow, stimuli) ->
            out.append("  ")
                .append(arrow)
                .append(" : ")
                .append(String.join(", ", stimuli))
                .append('\n'));
    return out.toString();
  }
}
