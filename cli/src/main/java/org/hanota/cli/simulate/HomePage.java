// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hanota.api.Octets;
import org.hanota.cli.view.Buckets;
import org.hanota.cli.view.Charts;
import org.hanota.cli.view.Page;
import org.hanota.cli.view.PageTable;
import org.hanota.cli.view.SequenceHtml;
import org.hanota.cli.view.Times;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.Field;
import org.hanota.sim.DeviceReport;
import org.hanota.sim.HomeReport;

/** The page of one run: how it ended, charts, the sequence, and every GBCS message. */
final class HomePage {
  private static final double NANOS = 1e9;
  private static final int OCTETS_SHOWN = 48;

  private final HomeRecord kept;
  private final List<String> parties;
  private final StringBuilder html = new StringBuilder();

  private HomePage(HomeRecord kept, List<String> parties) {
    this.kept = kept;
    this.parties = parties;
  }

  static String of(
      HomeRecord kept, HomeReport report, List<String> parties, boolean endedWell, String call) {
    HomePage page = new HomePage(kept, parties);
    page.summary(report, endedWell, call);
    page.devices(report);
    page.charts();
    page.html.append("<h2>Sequence</h2>\n<p>Messages that repeat are one row, with their number.");
    page.html.append(" Red and dashed: none of them arrived.</p>\n");
    page.html.append(SequenceHtml.of(kept.sequence, parties));
    page.messages();
    return Page.of("Simulated home, seed " + report.seed(), page.html.toString());
  }

  private void summary(HomeReport report, boolean endedWell, String call) {
    html.append("<p>Made by <code>").append(Page.text(call)).append("</code></p>\n<p>");
    html.append(
        endedWell
            ? "It ended as it should: "
            : "<span class=\"bad\">It did not end as it should:</span> ");
    html.append(
        String.format(
            Locale.ROOT,
            "%,d frames, %,d of them lost; %,d invariant checks held; %s of virtual time.</p>\n",
            report.faults().frames(),
            report.faults().dropped(),
            report.checks(),
            HomeText.duration(report.virtualNanos() / 1_000_000)));
  }

  private void devices(HomeReport report) {
    PageTable table =
        new PageTable(
            "Device",
            "End",
            "Version",
            "Image",
            "#Blocks",
            "#Retries",
            "#Rests",
            "#Restarts",
            "Time");
    for (DeviceReport device : report.devices()) {
      String end = device.outcome().name().toLowerCase(Locale.ROOT);
      table
          .row(device.name())
          .text(end + (device.detail().isEmpty() ? "" : ": " + device.detail()))
          .text(device.versionBefore() + " to " + device.versionAfter())
          .text(
              String.format(Locale.ROOT, "%,d octets, ", device.imageOctets())
                  + (device.equal() ? "equal" : "not equal"))
          .number(device.counts().blocks())
          .number(device.counts().retries())
          .number(device.counts().rests())
          .number(device.restarts())
          .text(HomeText.duration((device.endedNanos() - device.startedNanos()) / 1_000_000));
    }
    html.append("<h2>Devices</h2>\n").append(table.html());
    if (report.radio().isPresent()) {
      html.append("<h2>Radio</h2>\n");
      for (String line : RadioWords.lines(report)) {
        html.append("<p>").append(Page.text(line)).append("</p>\n");
      }
    }
  }

  /** All charts have the same spans, up to the last block. */
  private void charts() {
    List<Buckets> all = new ArrayList<>(kept.blocks.values());
    int shown = all.size();
    all.addAll(kept.airtime.values());
    all.addAll(List.of(kept.again, kept.askedAgain));
    long width = all.stream().mapToLong(Buckets::widthNanos).max().orElse(0);
    all.forEach(each -> each.widenTo(width));
    int spans = all.subList(0, shown).stream().mapToInt(Buckets::used).max().orElse(0);
    if (spans == 0) {
      return;
    }
    double seconds = width / NANOS;
    Charts charts = new Charts();
    charts.add(
        "Blocks",
        "blocks",
        "Blocks that came to each device, all up to then; repeated ones count too.",
        seconds,
        lines(kept.blocks, spans, true, 1));
    charts.add(
        "Channel use",
        "% of the time",
        "Share of each span of "
            + String.format(Locale.ROOT, "%.1f s", seconds)
            + " in which each party sends, "
            + (kept.hasRadio
                ? "repetitions and acknowledgements included."
                : "by the airtime of its frames at 2.4 GHz with all their headers; in this run no"
                    + " radio sets the pace."),
        seconds,
        lines(kept.airtime, spans, false, 100.0 / width));
    charts.add(
        "Retries",
        "frames",
        (kept.hasRadio ? "Frames that a radio repeated" : "Frames that were lost or damaged")
            + ", and block requests that asked again for the same offset, in each span.",
        seconds,
        List.of(
            new Charts.Line(
                kept.hasRadio ? "repeated by a radio" : "lost or damaged",
                0,
                Charts.values(kept.again, spans, false, 1)),
            new Charts.Line("asked again", 1, Charts.values(kept.askedAgain, spans, false, 1))));
    html.append("<h2>Over time</h2>\n").append(charts.html());
  }

  /** A line for each party that has one, in their order. */
  private List<Charts.Line> lines(
      Map<String, Buckets> of, int spans, boolean summed, double factor) {
    List<Charts.Line> lines = new ArrayList<>();
    for (String party : parties) {
      Buckets found = of.get(party);
      if (found != null) {
        List<Double> values = Charts.values(found, spans, summed, factor);
        lines.add(new Charts.Line(party, parties.indexOf(party), values));
      }
    }
    return lines;
  }

  private void messages() {
    if (kept.messages.isEmpty()) {
      return;
    }
    html.append("<h2>GBCS messages</h2>\n");
    for (HomeRecord.Heard heard : kept.messages) {
      Message message = heard.message();
      html.append("<details><summary>").append(Times.clock(heard.nanos())).append(' ');
      html.append(Page.text(kept.name(message.header().originator()))).append(" → ");
      html.append(Page.text(kept.name(message.header().recipient()))).append(": ");
      html.append(Page.text(kept.named(GbcsLine.what(message)))).append("</summary>\n");
      fields(message);
      html.append("</details>\n");
    }
    if (kept.messagesLeftOut > 0) {
      html.append(
          String.format(Locale.ROOT, "<p>%,d more are left out.</p>\n", kept.messagesLeftOut));
    }
  }

  private void fields(Message message) {
    List<Field> fields = new ArrayList<>();
    Message unused = Message.parse(message.octets(), fields);
    PageTable table = new PageTable("Field", "#Offset", "Meaning", "Octets");
    for (Field field : fields) {
      table
          .row(field.name())
          .number(field.offset())
          .text(field.meaning())
          .code(octets(field.octets()));
    }
    html.append(table.html());
  }

  private static String octets(Octets octets) {
    int shown = Math.min(OCTETS_SHOWN, octets.length());
    return octets.slice(0, shown).toHex() + (shown < octets.length() ? ".." : "");
  }
}
