// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.explore;

import java.util.List;
import java.util.Locale;
import org.hanota.sim.explore.Exploration;

/**
 * What was found as one page that needs nothing else: a sequence chart of the way to what broke.
 */
final class ExplorationPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>hanota explore</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>
      :root { color-scheme: light dark; --line: #888; --bad: #b00020; }
      @media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; } }
      body { font: 16px/1.4 system-ui, sans-serif; margin: 1.5rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { padding: .25rem .5rem; text-align: left; vertical-align: top; }
      tr { border-bottom: 1px solid var(--line); break-inside: avoid; }
      .time { white-space: nowrap; font-variant-numeric: tabular-nums; }
      .fault { color: var(--bad); font-weight: bold; }
      small { display: block; }
      @media print { body { margin: 0; font-size: 10pt; } }
      </style></head><body>
      """;

  private ExplorationPage() {}

  static String of(Exploration found, List<String> lines) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>hanota explore: ").append(text(found.model().name())).append("</h1>\n");
    int way = found.way().size();
    for (String line : lines.subList(0, lines.size() - way)) {
      page.append("<p>").append(text(line)).append("</p>\n");
    }
    if (way > 0) {
      page.append(
          "<table><thead><tr><th>time</th><th>hub</th><th></th><th>device</th></tr></thead>");
      page.append("<tbody>\n");
      found.way().forEach(moment -> row(moment, page));
      page.append("</tbody></table>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  private static void row(Exploration.Moment moment, StringBuilder page) {
    page.append(moment.isFault() ? "<tr class=\"fault\">" : "<tr>")
        .append("<td class=\"time\">")
        .append(String.format(Locale.ROOT, "%.3f s", moment.nanos() / 1e9))
        .append("</td>");
    boolean isFrame = !moment.from().equals(moment.to());
    String cell = cell(moment);
    if (isFrame) {
      String arrow = moment.from().equals("hub") ? "&#8594;" : "&#8592;";
      page.append("<td></td><td>").append(arrow).append(' ').append(cell).append("</td><td></td>");
    } else if (moment.from().equals("hub")) {
      page.append("<td>").append(cell).append("</td><td></td><td></td>");
    } else {
      page.append("<td></td><td></td><td>").append(cell).append("</td>");
    }
    page.append("</tr>\n");
  }

  private static String cell(Exploration.Moment moment) {
    StringBuilder cell = new StringBuilder(moment.isFault() ? "fault: " : "");
    cell.append(text(moment.what()));
    moment.events().forEach(event -> cell.append("<small>").append(text(event)).append("</small>"));
    return cell.toString();
  }

  private static String text(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
