// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.Locale;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.study.wan.WanSimulation;

/**
 * How long commands and readings of a cell wait while it carries an image to its homes, beside a
 * day in which it carries none: packet by packet; the question is C20. [hanota H94]
 */
record MeterTraffic(WanSimulation.Result without, WanSimulation.Result with, long boundMillis) {
  /** More homes than these give the same waits and take longer to simulate. */
  private static final int HOMES = 100;

  /**
   * Of a cell.
   *
   * @param homes of it that get the image
   */
  static MeterTraffic of(RegionCapacity capacity, long fileOctets, long homes, long seed) {
    int some = (int) Math.max(1, Math.min(HOMES, homes));
    return new MeterTraffic(
        WanSimulation.run(capacity, 0, 0, seed),
        WanSimulation.run(capacity, fileOctets, some, seed),
        capacity.criticalDelayMillis());
  }

  /** Median and 99 % of the waits of readings. */
  static String readings(WanSimulation.Result of) {
    return seconds(of.readingWait(50)) + " / " + seconds(of.readingWait(99));
  }

  /** Median and 99 % of the waits of commands. */
  static String commands(WanSimulation.Result of) {
    long[] waits = of.commandWaits();
    return seconds(quantile(waits, 50)) + " / " + seconds(quantile(waits, 99));
  }

  private static long quantile(long[] sorted, int percent) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
  }
}
