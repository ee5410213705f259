// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.hanota.cli.view.Charts;
import org.hanota.cli.view.Page;
import org.hanota.cli.view.PageTable;
import org.hanota.cli.view.Times;
import org.hanota.headend.campaign.CountedCampaign;
import org.hanota.sim.fleet.FleetCounts.Cause;
import org.hanota.sim.fleet.FleetRegion;
import org.hanota.sim.fleet.FleetResult;
import org.hanota.sim.fleet.FleetScenario;

/** The page of a fleet: what the campaign did, how long all took, and what air and WAN carried. */
final class FleetPage {
  private static final double WHOLE = 100;
  private static final double SECOND = 1e3;
  private static final double MEGA = 1e6;

  private final FleetIdentity identity;
  private final FleetResult result;
  private final FleetScenario scenario;
  private final FleetSeries series;
  private final List<String> regions;
  private final List<String> devices;
  private final Charts charts = new Charts();
  private final StringBuilder html = new StringBuilder();

  private FleetPage(FleetIdentity identity, FleetResult result) {
    this.identity = identity;
    this.result = result;
    this.scenario = result.scenario();
    this.series = new FleetSeries(result);
    this.regions = scenario.regions().stream().map(FleetRegion::name).toList();
    this.devices = result.devices().stream().map(FleetResult.DeviceResult::name).toList();
  }

  /**
   * The whole page.
   *
   * @param title the scenario's name
   * @param question what its first lines say; empty for nothing
   */
  static String of(
      FleetIdentity identity, FleetResult result, String title, List<String> question) {
    FleetPage page = new FleetPage(identity, result);
    question.forEach(line -> page.paragraph(line));
    page.facts();
    page.campaign();
    page.completion();
    page.durations();
    page.radio();
    page.failures();
    page.wan();
    page.html.append(page.charts.script());
    page.html.append(FleetPage.about(identity, result.digest()));
    return Page.of(title, page.html.toString());
  }

  private void paragraph(String text) {
    html.append("<p>").append(Page.text(text)).append("</p>\n");
  }

  private void heading(String text, String about) {
    html.append("<h2>").append(Page.text(text)).append("</h2>\n");
    paragraph(about);
  }

  /** What names the run. */
  static String about(FleetIdentity identity, String digest) {
    return "<h2>Run</h2>\n<p>"
        + Page.text(identity.version())
        + ", seed "
        + identity.seed()
        + String.format(Locale.ROOT, ", %,d homes", identity.homes())
        + ". Scenario <code>"
        + identity.scenario()
        + "</code>, digest <code>"
        + digest
        + "</code>: the same scenario gives the same digest, with any number of workers.</p>\n";
  }

  private static String percent(double part, double of) {
    return of == 0 ? "none" : String.format(Locale.ROOT, "%.2f %%", WHOLE * part / of);
  }

  private FleetResult.Ends ends() {
    long ordered = 0;
    long updated = 0;
    long failed = 0;
    long silent = 0;
    for (FleetResult.RegionResult each : result.regions()) {
      ordered += each.ends().ordered();
      updated += each.ends().updated();
      failed += each.ends().failed();
      silent += each.ends().silent();
    }
    return new FleetResult.Ends(ordered, updated, failed, silent);
  }

  private void facts() {
    FleetResult.Ends ends = ends();
    html.append("<dl class=\"facts\">\n");
    fact("homes", String.format(Locale.ROOT, "%,d", identity.homes()));
    fact("campaign", result.state().toString().toLowerCase(Locale.ROOT));
    fact("devices asked", String.format(Locale.ROOT, "%,d", ends.ordered()));
    fact("of them updated", percent((double) ends.updated(), (double) ends.ordered()));
    fact("not updated", String.format(Locale.ROOT, "%,d", ends.failed() + ends.silent()));
    List<CountedCampaign.Decision> decisions = result.decisions();
    if (!decisions.isEmpty()) {
      fact("last decision after", Times.span(decisions.get(decisions.size() - 1).utcMillis()));
    }
    html.append("</dl>\n");
  }

  private void fact(String name, String value) {
    html.append("<div><dt>").append(name).append("</dt><dd>").append(Page.text(value));
    html.append("</dd></div>\n");
  }

  private void campaign() {
    heading(
        "What the campaign did",
        "Wave by wave, and each decision with its reason; times are from its start.");
    PageTable waves =
        new PageTable("Wave", "#Began", "#Devices", "#Asked", "#Updated", "#Failed", "#Silent");
    for (FleetResult.WaveResult each : result.waves()) {
      FleetResult.Ends ends = each.ends();
      waves.row(each.name()).amount(Times.span(each.startMillis())).number(each.devices());
      waves.number(ends.ordered()).number(ends.updated()).number(ends.failed());
      waves.number(ends.silent());
    }
    html.append(waves.html());
    PageTable decisions = new PageTable("After", "Of", "Is", "Why");
    for (CountedCampaign.Decision each : result.decisions()) {
      decisions.row(Times.span(each.utcMillis()));
      decisions.text(each.wave().isEmpty() ? "campaign" : "wave " + each.wave());
      decisions.text(words(each.state())).text(words(each.why()));
    }
    html.append(decisions.html());
  }

  /** Names of states and reasons as words. */
  private static String words(String name) {
    return name.matches("[A-Z_]+") ? name.toLowerCase(Locale.ROOT).replace('_', ' ') : name;
  }

  private void completion() {
    heading(
        "Completion",
        "The share of the devices asked that have confirmed the new version, by region and by kind"
            + " of device.");
    List<Charts.Line> lines = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      List<Double> updated = series.ofRegion(regions.get(i), each -> each.ends().updated());
      double ordered = Math.max(1, result.regions().get(i).ends().ordered());
      lines.add(new Charts.Line(regions.get(i), i, FleetSeries.summed(updated, WHOLE / ordered)));
    }
    chart("By region", "% of those asked", "Updated up to each time, of those asked.", lines);
    lines.clear();
    for (int i = 0; i < devices.size(); i++) {
      double factor = WHOLE / Math.max(1, asked(i));
      List<Double> updated = series.updatedOf(devices.get(i));
      lines.add(new Charts.Line(devices.get(i), i, FleetSeries.summed(updated, factor)));
    }
    chart(
        "By kind of device", "% of those asked", "Updated up to each time, of those asked.", lines);
  }

  /** Devices of a kind that had a request. */
  private long asked(int device) {
    String name = devices.get(device);
    long asked = 0;
    for (FleetResult.DeviceStep each : result.deviceSteps()) {
      asked += each.device().equals(name) ? each.updated() : 0;
    }
    for (Cause cause : Cause.values()) {
      asked += result.caused(device, cause);
    }
    return asked;
  }

  private void chart(String title, String unit, String summary, List<Charts.Line> lines) {
    charts.add(title, unit, summary, Charts.Axis.SPAN, series.seconds(), lines);
    html.append(charts.figures());
  }

  private void durations() {
    heading(
        "Durations",
        "Of those that were updated, to a thirty-second of each value. A quantile of 90 % is the"
            + " time in which nine of ten are done.");
    quantiles("From the request to the confirmed version", "Region", regions, result::durations);
    quantiles("From the request to the image in the hub", "Region", regions, result::wanTimes);
    quantiles(
        "From the first block request to the last block", "Device", devices, result::transferTimes);
    FleetSeries.distributions(
        charts,
        "From the request to the confirmed version",
        "Share of the updated devices of each region that took no longer.",
        regions,
        result::durations);
    FleetSeries.distributions(
        charts,
        "From the first block request to the last block",
        "Share of the transfers of each kind of device that took no longer.",
        devices,
        result::transferTimes);
    html.append(charts.figures());
  }

  private void quantiles(
      String title, String of, List<String> names, IntFunction<List<FleetResult.Bin>> bins) {
    html.append("<h3>").append(title).append("</h3>\n");
    PageTable table =
        new PageTable(of, "#Devices", "#10 %", "#Median", "#90 %", "#99 %", "#99.9 %");
    for (int i = 0; i < names.size(); i++) {
      List<FleetResult.Bin> times = bins.apply(i);
      table.row(names.get(i)).number(times.stream().mapToLong(FleetResult.Bin::count).sum());
      for (int perMille : new int[] {100, 500, 900, 990, 999}) {
        table.amount(Times.span(FleetSeries.quantile(times, perMille)));
      }
    }
    html.append(table.html());
  }

  private void radio() {
    heading(
        "Air",
        "What each transfer costs in the home: time on the air with all headers, repetitions and"
            + " acknowledgements, and the share of the transfer in which the hub sends. Below 1 GHz"
            + " a hub may send for 90 s in an hour.");
    PageTable table =
        new PageTable(
            "Device",
            "#Transfers",
            "#Mean time",
            "#Hub on the air",
            "#Device on the air",
            "#Hub's duty",
            "#Repetitions per 1,000 blocks");
    for (FleetResult.DeviceResult each : result.devices()) {
      double transfers = Math.max(1, each.transfers());
      table.row(each.name()).number(each.transfers()).amount(Times.span(each.meanMillis()));
      table.amount(seconds(each.hubAirtimeMillis() / transfers));
      table.amount(seconds(each.deviceAirtimeMillis() / transfers));
      table.amount(percent((double) each.hubAirtimeMillis(), each.meanMillis() * transfers));
      double repeated = 1_000.0 * each.repetitions() / Math.max(1, each.exchanges());
      table.amount(String.format(Locale.ROOT, "%.1f", repeated));
    }
    html.append(table.html());
  }

  private static String seconds(double millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / SECOND);
  }

  private void failures() {
    heading("Not updated", "By kind of device and reason.");
    PageTable table =
        new PageTable(
            "Device",
            "#Refused or rolled back",
            "#Transfer given up",
            "#Supplier changed",
            "#No answer",
            "#Too late",
            "#Of all asked");
    for (int i = 0; i < devices.size(); i++) {
      table.row(devices.get(i));
      long all = 0;
      for (Cause cause : Cause.values()) {
        table.number(result.caused(i, cause));
        all += result.caused(i, cause);
      }
      table.amount(percent((double) all, (double) asked(i)));
    }
    html.append(table.html());
  }

  private void wan() {
    heading(
        "WAN",
        "What firmware used of what the cells of each region carry for it: the share that is free of"
            + " meter traffic, outages taken off. An image counts in the span in which it came to"
            + " its hub.");
    List<Charts.Line> lines = new ArrayList<>();
    PageTable table =
        new PageTable(
            "Region", "#Carried", "#Carries in a day", "#Busiest span", "#Request to hub, 99 %");
    double spanSteps = (double) series.spanMillis() / scenario.campaign().stepMillis();
    for (int i = 0; i < regions.size(); i++) {
      double capacity = result.wanCapacityOctets(i) * spanSteps;
      List<Double> used = series.ofRegion(regions.get(i), FleetResult.Step::wanOctets);
      List<Double> shares = used.stream().map(each -> WHOLE * each / capacity).toList();
      lines.add(new Charts.Line(regions.get(i), i, shares));
      FleetResult.RegionResult region = result.regions().get(i);
      table.row(regions.get(i)).amount(megaOctets((double) region.wanOctets()));
      table.amount(megaOctets(capacity * Times.DAY_MILLIS / series.spanMillis()));
      double most = used.stream().mapToDouble(each -> each).max().orElse(0);
      table.amount(percent(most, capacity)).amount(Times.span(region.wan99Millis()));
    }
    html.append(table.html());
    chart(
        "WAN use",
        "% of the capacity",
        "Octets of firmware in each span of "
            + Times.span(series.spanMillis())
            + ", losses sent again among them, of what the region carries for firmware.",
        lines);
    meterTraffic();
  }

  private static String megaOctets(double octets) {
    return String.format(Locale.ROOT, "%,.1f MB", octets / MEGA);
  }

  private void meterTraffic() {
    html.append("<h3>Meter traffic (C20)</h3>\n");
    paragraph(
        "How long commands and readings of one cell wait for their first try, packet by packet:"
            + " median / 99 %. Commands go before readings, these before firmware; a packet that is"
            + " on its way is not interrupted.");
    PageTable table =
        new PageTable(
            "Region",
            "#Commands alone",
            "#with firmware",
            "#Readings alone",
            "#with firmware",
            "#Longest wait for firmware",
            "#Bound");
    int share = scenario.devices().stream().mapToInt(each -> each.share()).sum();
    for (int i = 0; i < regions.size(); i++) {
      var capacity = scenario.regions().get(i).capacity();
      MeterTraffic cell =
          MeterTraffic.of(
              capacity, scenario.image().octets(), capacity.homes() * share / 100, scenario.seed());
      table.row(regions.get(i)).amount(MeterTraffic.commands(cell.without()));
      table.amount(MeterTraffic.commands(cell.with()));
      table.amount(MeterTraffic.readings(cell.without()));
      table.amount(MeterTraffic.readings(cell.with()));
      table.amount(MeterTraffic.seconds(cell.with().firmwareWaitMax()));
      table.amount(MeterTraffic.seconds(cell.boundMillis()));
    }
    html.append(table.html());
  }
}
