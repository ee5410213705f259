// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A sequence as a Mermaid sequence diagram, for documents. */
public final class Mermaid {
  /** Mermaid draws no text of more than 50,000 characters. */
  private static final int MOST_CHARACTERS = 48_000;

  private Mermaid() {}

  /** The sequence with a participant for each party, from left to right. */
  public static String of(Sequence sequence, List<String> parties) {
    StringBuilder head = new StringBuilder("sequenceDiagram\n");
    for (int i = 0; i < parties.size(); i++) {
      head.append("  participant p").append(i).append(" as ").append(text(parties.get(i)));
      head.append('\n');
    }
    List<String> first = new ArrayList<>();
    sequence.first().forEach(row -> first.add(line(row, parties)));
    List<String> last = new ArrayList<>();
    sequence.last().forEach(row -> last.add(line(row, parties)));
    long leftOut = sequence.leftOut();
    if (leftOut == 0) {
      first.addAll(last);
      last.clear();
    }
    int room = MOST_CHARACTERS - head.length();
    int end = fitting(first, room * 2 / 3);
    List<String> rest = new ArrayList<>(first.subList(end, first.size()));
    rest.addAll(last);
    Collections.reverse(rest);
    int begin = rest.size() - fitting(rest, room / 3);
    Collections.reverse(rest);
    leftOut += begin;
    first.subList(0, end).forEach(head::append);
    if (leftOut > 0) {
      head.append("  Note over p0,p").append(parties.size() - 1);
      head.append(String.format(Locale.ROOT, ": %,d rows are left out here\n", leftOut));
    }
    rest.subList(begin, rest.size()).forEach(head::append);
    return head.toString();
  }

  /** How many of the lines fit. */
  private static int fitting(List<String> lines, int characters) {
    int used = 0;
    for (int i = 0; i < lines.size(); i++) {
      used += lines.get(i).length();
      if (used > characters) {
        return i;
      }
    }
    return lines.size();
  }

  private static String line(Sequence.Row row, List<String> parties) {
    int from = parties.indexOf(row.from());
    String time = Times.clock(row.nanos()) + " ";
    if (!row.isMessage()) {
      return "  Note over p" + from + ": " + time + text(row.text()) + "\n";
    }
    String arrow = row.isFault() ? "-x" : "->>";
    return "  p"
        + from
        + arrow
        + "p"
        + parties.indexOf(row.to())
        + ": "
        + time
        + text(row.text())
        + "\n";
  }

  /** Without what Mermaid reads as syntax or as HTML. */
  private static String text(String plain) {
    return plain
        .replace("#", "#35;")
        .replaceAll("(?<!#35);", "#59;")
        .replace("<", "#lt;")
        .replace(">", "#gt;")
        .replaceAll("\\s+", " ");
  }
}
