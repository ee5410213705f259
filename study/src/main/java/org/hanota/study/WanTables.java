// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.hanota.api.ParameterValues;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.study.wan.WanSimulation;

/** What the updates of a year are to the WAN: forecast by numbers, and a run beside it. */
final class WanTables {
  private static final long IMAGE_OCTETS = 768_000;
  private static final double HOUR_MILLIS = 3.6e6;
  private static final double YEAR_HOURS = 365 * 24;
  private static final long SEED = 1;

  private WanTables() {}

  static List<StudyTables.Table> of(Study study, ParameterValues<CapacityParameter> wan) {
    List<List<String>> year = new ArrayList<>();
    List<List<String>> durations = new ArrayList<>();
    long updates = study.inputs().get(StudyParameter.UPDATES_PER_YEAR);
    for (RegionCapacity region : RegionCapacity.all(wan)) {
      OptionalLong millis = region.cellMillis(IMAGE_OCTETS, region.homes());
      if (millis.isEmpty()) {
        year.add(List.of(region.name(), "never", "never", "0", "0"));
        continue;
      }
      double hours = updates * millis.getAsLong() / HOUR_MILLIS;
      year.add(
          List.of(
              region.name(),
              number(hours),
              number(100 * hours / YEAR_HOURS),
              number(updates * region.octets(IMAGE_OCTETS) * region.homes() / 1e6),
              "" + region.criticalDelayMillis()));
      WanSimulation.Result run =
          WanSimulation.run(region, IMAGE_OCTETS, (int) region.homes(), SEED);
      durations.add(
          List.of(
              region.name(),
              number(run.quantileMillis(10) / HOUR_MILLIS),
              number(run.quantileMillis(50) / HOUR_MILLIS),
              number(run.quantileMillis(90) / HOUR_MILLIS),
              number(run.lastMillis() / HOUR_MILLIS),
              number(millis.getAsLong() / HOUR_MILLIS),
              "" + run.firmwareWaitMax()));
    }
    return List.of(
        new StudyTables.Table(
            "C10",
            "Updates of a year on the WAN",
            "Forecast from the parameters of the WAN for a cell with all its homes, each image of"
                + " 750 kB sent once per home.",
            List.of(
                "region",
                "hours a year",
                "% of the year",
                "MB a year",
                "a command waits at most, ms (C20)"),
            year),
        new StudyTables.Table(
            "C22",
            "How long one update takes, by region",
            "Hours until so many homes of a cell have the image, in one run with losses and"
                + " outages; the forecast beside it.",
            List.of(
                "region",
                "10 %",
                "50 %",
                "90 %",
                "all",
                "forecast of all",
                "a command waited at most, ms"),
            durations));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.2f", value);
  }
}
