// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.hanota.cli.view.Charts;
import org.hanota.sim.fleet.FleetResult;

/** What happened step by step and how long it took, in as many points as a chart can show. */
final class FleetSeries {
  private static final int SPANS = 400;
  private static final double SECOND = 1_000;
  private static final double WHOLE = 100;

  /** Where a line begins that has reached nothing yet: a bin is a thirty-second wide. */
  private static final double BEFORE = 31.0 / 32;

  private final FleetResult result;
  private final long spanMillis;
  private final int spans;

  FleetSeries(FleetResult result) {
    this.result = result;
    long last = 0;
    for (FleetResult.Step each : result.steps()) {
      if (each.ends().ordered() + each.ends().updated() + each.wanOctets() > 0) {
        last = Math.max(last, each.fromMillis());
      }
    }
    long step = result.scenario().campaign().stepMillis();
    long merged = last / step / SPANS + 1;
    this.spanMillis = merged * step;
    this.spans = (int) (last / spanMillis) + 1;
  }

  long spanMillis() {
    return spanMillis;
  }

  /** The end of each span in seconds, the start of the campaign first. */
  List<Double> seconds() {
    List<Double> found = new ArrayList<>();
    for (int i = 0; i <= spans; i++) {
      found.add(i * spanMillis / SECOND);
    }
    return found;
  }

  /** An amount of a region in each span. */
  List<Double> ofRegion(String region, ToDoubleFunction<FleetResult.Step> amount) {
    double[] sums = new double[spans + 1];
    for (FleetResult.Step each : result.steps()) {
      if (each.region().equals(region)) {
        add(sums, each.fromMillis(), amount.applyAsDouble(each));
      }
    }
    return list(sums);
  }

  /** Devices of a kind that were updated in each span. */
  List<Double> updatedOf(String device) {
    double[] sums = new double[spans + 1];
    for (FleetResult.DeviceStep each : result.deviceSteps()) {
      if (each.device().equals(device)) {
        add(sums, each.fromMillis(), (double) each.updated());
      }
    }
    return list(sums);
  }

  private void add(double[] sums, long fromMillis, double amount) {
    int span = (int) Math.min(spans, fromMillis / spanMillis + 1);
    sums[span] += amount;
  }

  private static List<Double> list(double[] values) {
    List<Double> found = new ArrayList<>();
    for (double each : values) {
      found.add(each);
    }
    return found;
  }

  /** The sum of all up to each, times the factor. */
  static List<Double> summed(List<Double> values, double factor) {
    List<Double> found = new ArrayList<>();
    double sum = 0;
    for (double each : values) {
      sum += each;
      found.add(sum * factor);
    }
    return found;
  }

  /**
   * Adds a chart of the share that took no longer, a line for each of {@code names} that has some.
   */
  static void distributions(
      Charts charts,
      String title,
      String summary,
      List<String> names,
      IntFunction<List<FleetResult.Bin>> bins) {
    SortedSet<Long> ends = new TreeSet<>();
    for (int i = 0; i < names.size(); i++) {
      bins.apply(i).forEach(bin -> ends.add(bin.upToMillis()));
    }
    if (ends.isEmpty()) {
      return;
    }
    List<Charts.Line> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (!bins.apply(i).isEmpty()) {
        lines.add(new Charts.Line(names.get(i), i, shares(bins.apply(i), ends)));
      }
    }
    charts.add(title, "% of devices", summary, Charts.Axis.SPAN_DECADES, seconds(ends), lines);
  }

  /** Where the ends of bins are on an axis, and a place before the first. */
  static List<Double> seconds(SortedSet<Long> ends) {
    List<Double> seconds = new ArrayList<>(List.of(ends.first() * BEFORE / SECOND));
    ends.forEach(end -> seconds.add(end / SECOND));
    return seconds;
  }

  /** How many of a hundred took no longer than each end. */
  static List<Double> shares(List<FleetResult.Bin> bins, SortedSet<Long> ends) {
    double all = bins.stream().mapToLong(FleetResult.Bin::count).sum();
    List<Double> found = new ArrayList<>(List.of(0.0));
    long sum = 0;
    int next = 0;
    for (long end : ends) {
      while (next < bins.size() && bins.get(next).upToMillis() <= end) {
        sum += bins.get(next++).count();
      }
      found.add(WHOLE * sum / all);
    }
    return found;
  }

  /** The time that so many of a thousand do not exceed; -1 if there is none. */
  static long quantile(List<FleetResult.Bin> bins, int perMille) {
    long all = bins.stream().mapToLong(FleetResult.Bin::count).sum();
    long wanted = Math.max(1, (all * perMille + 999) / 1_000);
    long sum = 0;
    for (FleetResult.Bin each : bins) {
      sum += each.count();
      if (sum >= wanted) {
        return each.upToMillis();
      }
    }
    return -1;
  }
}
