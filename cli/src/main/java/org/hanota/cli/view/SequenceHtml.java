// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import java.util.List;
import java.util.Locale;

/**
 * A sequence as a list whose rows lie in the lanes of the parties; where the screen is narrow, and
 * where it is read aloud, each row names them.
 */
public final class SequenceHtml {
  private final List<String> parties;
  private final StringBuilder html = new StringBuilder();

  private SequenceHtml(List<String> parties) {
    this.parties = parties;
  }

  /** The sequence with a lane for each party, from left to right. */
  public static String of(Sequence sequence, List<String> parties) {
    SequenceHtml made = new SequenceHtml(parties);
    made.write(sequence);
    return made.html.toString();
  }

  private void write(Sequence sequence) {
    html.append("<div class=\"sequence\" style=\"--lanes:").append(parties.size()).append("\">\n");
    html.append("<div class=\"parties\" aria-hidden=\"true\"><span></span>");
    parties.forEach(party -> html.append("<b>").append(Page.text(party)).append("</b>"));
    html.append("</div>\n<ol>\n");
    sequence.first().forEach(this::row);
    if (sequence.leftOut() > 0) {
      html.append("<li class=\"gap\">");
      html.append(String.format(Locale.ROOT, "%,d rows are left out here", sequence.leftOut()));
      html.append("</li>\n");
    }
    sequence.last().forEach(this::row);
    html.append("</ol>\n</div>\n");
  }

  private void row(Sequence.Row row) {
    int from = parties.indexOf(row.from());
    int to = parties.indexOf(row.to());
    html.append(row.isFault() ? "<li class=\"fault\">" : "<li>");
    html.append("<time>").append(Times.clock(row.nanos()));
    if (row.untilNanos() > row.nanos()) {
      html.append("<small> to ").append(Times.clock(row.untilNanos())).append("</small>");
    }
    html.append("</time><span class=\"who\">").append(Page.text(row.from()));
    if (row.isMessage()) {
      html.append(" <span aria-label=\"to\" role=\"img\">→</span> ").append(Page.text(row.to()));
    }
    html.append("</span><span class=\"what ").append(kind(from, to)).append("\" style=\"");
    // The first column holds the time.
    html.append("grid-column:").append(Math.min(from, to) + 2).append('/');
    html.append(Math.max(from, to) + 3).append(";--span:").append(Math.abs(from - to) + 1);
    html.append("\">").append(row.isFault() && !row.isMessage() ? "<b>Fault:</b> " : "");
    html.append(Page.text(row.text()));
    row.notes().forEach(note -> html.append("<small>").append(Page.text(note)).append("</small>"));
    html.append("</span></li>\n");
  }

  private static String kind(int from, int to) {
    return from == to ? "here" : from < to ? "right" : "left";
  }
}
