// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.hanota.cli.view.Charts;
import org.hanota.cli.view.Page;
import org.hanota.cli.view.PageTable;
import org.hanota.sim.fleet.FleetResult;

/**
 * The page of a sweep: one table, and a small chart for each value of all that is varied but the
 * last.
 */
final class SweepPage {
  private final FleetSweep sweep;
  private final List<FleetSweep.Row> rows;
  private final Charts charts = new Charts();

  private SweepPage(FleetSweep sweep, List<FleetSweep.Row> rows) {
    this.sweep = sweep;
    this.rows = rows;
  }

  static String of(
      FleetIdentity identity, FleetSweep sweep, List<FleetSweep.Row> rows, String title) {
    SweepPage page = new SweepPage(sweep, rows);
    String html =
        "<p>Each combination of the values of "
            + Page.text(String.join(" and ", names(sweep)))
            + ". Times from the request to the confirmed version; the transfer's is from the first"
            + " block request to the last block, in the median; repeated are frames in 1,000"
            + " blocks; WAN and time on the air are of one device.</p>\n"
            + page.table()
            + page.multiples("From the request to the confirmed version", FleetSweep.Row::durations)
            + page.multiples("Transfer in the home", FleetSweep.Row::transfers)
            + page.charts.script()
            + page.digests()
            + about(identity);
    return Page.of(title, html);
  }

  private static List<String> names(FleetSweep sweep) {
    return sweep.axes().stream().map(axis -> axis.knob().label()).toList();
  }

  private String table() {
    List<String> head = new ArrayList<>(List.of("Run"));
    FleetSweep.HEADINGS.forEach(each -> head.add("#" + each));
    PageTable table = new PageTable(head.toArray(String[]::new));
    for (FleetSweep.Row row : rows) {
      table.row(name(row.values()));
      FleetSweep.cells(row).forEach(table::amount);
    }
    return table.html();
  }

  private String name(List<String> values) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      parts.add(names(sweep).get(i) + " " + values.get(i));
    }
    return String.join(", ", parts);
  }

  /** All have the same axes, so that they can be compared. */
  private String multiples(String title, Function<FleetSweep.Row, List<FleetResult.Bin>> bins) {
    SortedSet<Long> ends = new TreeSet<>();
    rows.forEach(row -> bins.apply(row).forEach(bin -> ends.add(bin.upToMillis())));
    if (ends.isEmpty()) {
      return "";
    }
    Map<List<String>, List<FleetSweep.Row>> panels = new LinkedHashMap<>();
    int last = sweep.axes().size() - 1;
    for (FleetSweep.Row row : rows) {
      panels.computeIfAbsent(row.values().subList(0, last), none -> new ArrayList<>()).add(row);
    }
    panels.forEach(
        (values, of) -> {
          List<Charts.Line> lines = new ArrayList<>();
          for (int i = 0; i < of.size(); i++) {
            if (!bins.apply(of.get(i)).isEmpty()) {
              String label = names(sweep).get(last) + " " + of.get(i).values().get(last);
              lines.add(new Charts.Line(label, i, FleetSeries.shares(bins.apply(of.get(i)), ends)));
            }
          }
          if (!lines.isEmpty()) {
            charts.addSmall(
                values.isEmpty() ? "All" : name(values),
                "% of devices",
                "Share that took no longer.",
                Charts.Axis.SPAN_DECADES,
                FleetSeries.seconds(ends),
                lines);
          }
        });
    return "<h2>" + title + "</h2>\n<div class=\"multiples\">\n" + charts.figures() + "</div>\n";
  }

  private String digests() {
    PageTable table = new PageTable("Run", "Campaign", "Digest");
    for (FleetSweep.Row row : rows) {
      table.row(name(row.values())).text(row.campaign()).code(row.digest());
    }
    return "<h2>Runs</h2>\n" + table.html();
  }

  private static String about(FleetIdentity identity) {
    return "<p>"
        + Page.text(identity.version())
        + ", seed "
        + identity.seed()
        + ", "
        + identity.homes()
        + " homes unless varied. Scenario <code>"
        + identity.scenario()
        + "</code></p>\n";
  }
}
