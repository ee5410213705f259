// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hanota.cli.view.Times;
import org.hanota.sim.fleet.FleetResult;

/**
 * How long updates took, as a Mermaid chart: the time in which so many of the updated devices of
 * each region were done.
 */
final class FleetMermaid {
  private static final List<Integer> PERCENT = List.of(0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99);
  private static final double SECOND = 1e3;

  private FleetMermaid() {}

  static String of(FleetIdentity identity, FleetResult result) {
    List<String> names = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    long longest = 1;
    for (int i = 0; i < result.scenario().regions().size(); i++) {
      List<FleetResult.Bin> bins = result.durations(i);
      if (!bins.isEmpty()) {
        longest = Math.max(longest, FleetSeries.quantile(bins, 990));
      }
    }
    Unit unit = Unit.of(longest);
    for (int i = 0; i < result.scenario().regions().size(); i++) {
      List<FleetResult.Bin> bins = result.durations(i);
      if (!bins.isEmpty()) {
        names.add(result.scenario().regions().get(i).name());
        lines.add(
            PERCENT.stream()
                .map(percent -> FleetSeries.quantile(bins, 10 * percent))
                .map(millis -> String.format(Locale.ROOT, "%.2f", millis / unit.millis))
                .collect(Collectors.joining(", ", "  line [", "]\n")));
      }
    }
    return "%% "
        + identity.lines().strip().replace("\n", "\n%% ")
        + ("\n%% digest " + result.digest() + "\nxychart-beta\n")
        + ("  title \"From request to confirmed version: "
            + text(String.join(", ", names))
            + "\"\n")
        + ("  x-axis \"% of the updated devices\" " + PERCENT + "\n")
        + ("  y-axis \"" + unit.name + "\"\n")
        + String.join("", lines);
  }

  /** A unit of which there are some in the longest span. */
  private record Unit(String name, double millis) {
    static Unit of(long longest) {
      if (longest < 5 * 60 * SECOND) {
        return new Unit("seconds", SECOND);
      } else if (longest < 5 * 3_600 * SECOND) {
        return new Unit("minutes", 60 * SECOND);
      }
      return longest < 5 * Times.DAY_MILLIS
          ? new Unit("hours", 3_600 * SECOND)
          : new Unit("days", Times.DAY_MILLIS);
    }
  }

  /** Without what ends the text. */
  private static String text(String plain) {
    return plain.replace("\"", "'");
  }
}
