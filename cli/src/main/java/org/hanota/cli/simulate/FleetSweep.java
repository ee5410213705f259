// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.hanota.cli.view.Times;
import org.hanota.sim.fleet.FleetKnob;
import org.hanota.sim.fleet.FleetResult;
import org.hanota.sim.fleet.FleetScenario;

/** A scenario run with each combination of some values. */
final class FleetSweep {
  /** More would fit on no page. */
  static final int RUNS_MAXIMUM = 100;

  private static final double WHOLE = 100;
  private static final double SECOND = 1_000;

  /**
   * What is varied.
   *
   * @param knob the number of the scenario
   * @param values as they were written
   */
  record Axis(FleetKnob knob, List<String> values) {
    /**
     * That of {@code NAME=VALUE,VALUE}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Axis of(String text) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "--sweep is \"" + text + "\", allowed NAME=VALUE,VALUE as in loss=0.01,0.05");
      }
      try {
        FleetKnob knob = FleetKnob.ofLabel(text.substring(0, equals));
        List<String> values = Arrays.asList(text.substring(equals + 1).split(",", -1));
        if (values.stream().distinct().count() != values.size()) {
          throw new IllegalArgumentException("allowed each value once");
        }
        return new Axis(knob, values);
      } catch (IllegalArgumentException fault) {
        throw new IllegalArgumentException(
            "--sweep is \"" + text + "\": " + fault.getMessage(), fault);
      }
    }
  }

  /**
   * A combination.
   *
   * @param values one for each axis
   */
  record Point(List<String> values, FleetScenario scenario) {
    /** As {@code loss=0.01, maximumDataSize=48}. */
    String name(List<Axis> axes) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        parts.add(axes.get(i).knob().label() + "=" + values.get(i));
      }
      return String.join(", ", parts);
    }
  }

  /**
   * What a combination came to, without what makes results large.
   *
   * @param durations from the request to the confirmed version, of all regions
   * @param transfers from the first block request to the last block, of all kinds of devices
   * @param endedMillis the last decision
   */
  record Row(
      List<String> values,
      long homes,
      String digest,
      String campaign,
      FleetResult.Ends ends,
      List<FleetResult.Bin> durations,
      List<FleetResult.Bin> transfers,
      double hubAirtimeMillis,
      double repetitionsPerThousand,
      double wanOctetsEach,
      long endedMillis) {
    static Row of(Point point, FleetResult result) {
      long[] sums = new long[4];
      long octets = 0;
      TreeMap<Long, Long> durations = new TreeMap<>();
      List<FleetResult.RegionResult> regions = result.regions();
      for (int i = 0; i < regions.size(); i++) {
        FleetResult.Ends ends = regions.get(i).ends();
        long[] these = {ends.ordered(), ends.updated(), ends.failed(), ends.silent()};
        Arrays.setAll(sums, j -> sums[j] + these[j]);
        octets += regions.get(i).wanOctets();
        merge(durations, result.durations(i));
      }
      TreeMap<Long, Long> transfers = new TreeMap<>();
      long airtime = 0;
      long repetitions = 0;
      long exchanges = 0;
      List<FleetResult.DeviceResult> devices = result.devices();
      for (int i = 0; i < devices.size(); i++) {
        airtime += devices.get(i).hubAirtimeMillis();
        repetitions += devices.get(i).repetitions();
        exchanges += devices.get(i).exchanges();
        merge(transfers, result.transferTimes(i));
      }
      long all = devices.stream().mapToLong(FleetResult.DeviceResult::transfers).sum();
      return new Row(
          point.values(),
          point.scenario().homes(),
          result.digest(),
          result.state().toString(),
          new FleetResult.Ends(sums[0], sums[1], sums[2], sums[3]),
          bins(durations),
          bins(transfers),
          (double) airtime / Math.max(1, all),
          1_000.0 * repetitions / Math.max(1, exchanges),
          (double) octets / Math.max(1, sums[0]),
          result.decisions().isEmpty()
              ? 0
              : result.decisions().get(result.decisions().size() - 1).utcMillis());
    }

    private static void merge(TreeMap<Long, Long> into, List<FleetResult.Bin> bins) {
      bins.forEach(bin -> into.merge(bin.upToMillis(), bin.count(), Long::sum));
    }

    private static List<FleetResult.Bin> bins(TreeMap<Long, Long> counts) {
      List<FleetResult.Bin> found = new ArrayList<>();
      counts.forEach((upTo, count) -> found.add(new FleetResult.Bin(upTo, count)));
      return found;
    }
  }

  private final List<Axis> axes;

  FleetSweep(List<Axis> axes) {
    this.axes = List.copyOf(axes);
  }

  List<Axis> axes() {
    return axes;
  }

  /**
   * Each combination, the last axis first.
   *
   * @throws IllegalArgumentException if one is not possible, or if there are too many
   */
  List<Point> points(FleetScenario scenario) {
    if (axes.stream().map(Axis::knob).distinct().count() != axes.size()) {
      throw new IllegalArgumentException("--sweep names a number twice, allowed once");
    }
    long runs = 1;
    for (Axis axis : axes) {
      runs = Math.min(Integer.MAX_VALUE, runs * axis.values().size());
    }
    if (runs > RUNS_MAXIMUM) {
      throw new IllegalArgumentException(
          "--sweep gives " + runs + " combinations, allowed up to " + RUNS_MAXIMUM);
    }
    List<Point> points = List.of(new Point(List.of(), scenario));
    for (Axis axis : axes) {
      List<Point> next = new ArrayList<>();
      for (Point point : points) {
        axis.values().forEach(value -> next.add(turned(point, axis.knob(), value)));
      }
      points = next;
    }
    return points;
  }

  private static Point turned(Point point, FleetKnob knob, String value) {
    List<String> values = new ArrayList<>(point.values());
    values.add(value);
    try {
      return new Point(values, knob.turn(point.scenario(), value));
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException(
          "--sweep " + knob.label() + "=" + value + ": " + fault.getMessage(), fault);
    }
  }

  /** The names of a row's numbers. */
  static final List<String> HEADINGS =
      List.of(
          "asked", "updated", "median", "99 %", "transfer", "hub on air", "repeated", "WAN", "end");

  /** What stands below them. */
  static List<String> cells(Row row) {
    long ordered = row.ends().ordered();
    double updated = ordered == 0 ? 0 : WHOLE * row.ends().updated() / ordered;
    return List.of(
        String.format(Locale.ROOT, "%,d", ordered),
        String.format(Locale.ROOT, "%.2f %%", updated),
        Times.span(FleetSeries.quantile(row.durations(), 500)),
        Times.span(FleetSeries.quantile(row.durations(), 990)),
        Times.span(FleetSeries.quantile(row.transfers(), 500)),
        String.format(Locale.ROOT, "%.1f s", row.hubAirtimeMillis() / SECOND),
        String.format(Locale.ROOT, "%.1f", row.repetitionsPerThousand()),
        String.format(Locale.ROOT, "%,.0f kB", row.wanOctetsEach() / SECOND),
        Times.span(row.endedMillis()));
  }

  /** One table for people. */
  List<String> lines(FleetIdentity identity, List<Row> rows) {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>();
    axes.forEach(axis -> head.add(axis.knob().label()));
    head.addAll(HEADINGS);
    table.add(head);
    for (Row row : rows) {
      List<String> line = new ArrayList<>(row.values());
      line.addAll(cells(row));
      table.add(line);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d homes, seed %d, %d runs; \"repeated\" are frames in 1,000 blocks",
            identity.homes(),
            identity.seed(),
            rows.size()));
    for (List<String> line : table) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = table.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        String cell = line.get(column);
        text.append(column == 0 ? "" : "  ").append(" ".repeat(width - cell.length())).append(cell);
      }
      lines.add(text.toString());
    }
    return lines;
  }

  /** For programs; {@code docs/schema/fleet-sweep.json}. */
  ObjectNode json(FleetIdentity identity, List<Row> rows) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("scenario", identity.scenario());
    root.put("homes", identity.homes());
    root.put("seed", identity.seed());
    root.put("version", identity.version());
    ArrayNode runs = root.putArray("runs");
    for (Row row : rows) {
      ObjectNode run = runs.addObject();
      ObjectNode set = run.putObject("set");
      for (int i = 0; i < axes.size(); i++) {
        set.put(axes.get(i).knob().label(), row.values().get(i));
      }
      run.put("digest", row.digest());
      run.put("campaign", row.campaign());
      FleetJson.put(run, row.ends());
      run.put("medianMillis", FleetSeries.quantile(row.durations(), 500));
      run.put("most99Millis", FleetSeries.quantile(row.durations(), 990));
      run.put("transferMedianMillis", FleetSeries.quantile(row.transfers(), 500));
      run.put("hubAirtimeMillis", Math.round(row.hubAirtimeMillis()));
      run.put("repetitionsPerThousandBlocks", Math.round(row.repetitionsPerThousand() * 10) / 10.0);
      run.put("wanOctets", Math.round(row.wanOctetsEach()));
      run.put("endMillis", row.endedMillis());
    }
    return root;
  }

  /** Comments that say what it is of, a heading, and a line for each run. */
  byte[] csv(FleetIdentity identity, List<Row> rows) {
    StringBuilder text = new StringBuilder();
    identity.lines().lines().forEach(line -> text.append("# ").append(line).append('\n'));
    axes.forEach(axis -> text.append(axis.knob().label()).append("Set,"));
    text.append("digest,campaign,ordered,updated,failed,silent,medianMillis,most99Millis,");
    text.append("transferMedianMillis,hubAirtimeMillis,repetitionsPerThousandBlocks,wanOctets,");
    text.append("endMillis\n");
    json(identity, rows)
        .get("runs")
        .forEach(
            run -> {
              List<String> cells = new ArrayList<>();
              run.get("set").forEach(value -> cells.add(value.asText()));
              run.forEach(
                  value -> {
                    if (value.isValueNode()) {
                      cells.add(value.asText());
                    }
                  });
              text.append(String.join(",", cells)).append('\n');
            });
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
