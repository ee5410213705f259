// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.explore;

import java.util.List;
import org.hanota.cli.view.Page;
import org.hanota.cli.view.Sequence;
import org.hanota.cli.view.SequenceHtml;
import org.hanota.sim.explore.Exploration;

/**
 * What was found as one page that needs nothing else: a sequence chart of the way to what broke.
 */
final class ExplorationPage {
  private ExplorationPage() {}

  static String of(Exploration found, List<String> lines) {
    StringBuilder body = new StringBuilder();
    int way = found.way().size();
    for (String line : lines.subList(0, lines.size() - way)) {
      body.append(line.startsWith("BROKEN") ? "<p class=\"bad\">" : "<p>");
      body.append(Page.text(line)).append("</p>\n");
    }
    if (way > 0) {
      Sequence sequence = new Sequence();
      for (Exploration.Moment moment : found.way()) {
        sequence.row(
            moment.nanos(),
            moment.from(),
            moment.to(),
            moment.what(),
            moment.isFault(),
            moment.events());
      }
      body.append("<h2>The way to it</h2>\n");
      body.append(SequenceHtml.of(sequence, List.of("hub", "device")));
    }
    return Page.of("hanota explore: " + found.model().name(), body.toString());
  }
}
