// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.sim;

import java.io.PrintStream;
import java.util.Locale;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioCounts;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.scenario.Radio;

/**
 * P10 and P11: how long an exchange takes in virtual time, beside the sum of what the standard
 * makes it take, and what four devices and metering do to each other.
 */
public final class RadioTimes {
  private static final int SEEDS = 30;
  private static final int WHOLE_OCTETS = 768_000;
  private static final int SMALL_OCTETS = 100_000;
  private static final long UNLIMITED_MS = 3_600_000;
  private static final RadioSettings CAREFUL = RadioSettings.of(Band.GHZ_2_4);

  private RadioTimes() {}

  private static void line(
      PrintStream out, String id, String what, double ours, String bound, double theirs) {
    out.printf(
        Locale.ROOT,
        "%-4s %-46s hanota %14.3f ms  %-34s %11.3f ms  ratio %.4f%n",
        id,
        what,
        ours,
        bound,
        theirs,
        ours / theirs);
  }

  private static double mean(RadioSettings settings) {
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      sum += SimulatedHome.run(settings, seed, 1, SMALL_OCTETS, 0).millisPerExchange();
    }
    return sum / SEEDS;
  }

  /** P10. The bounds are sums of constants, made without this code. */
  public static void alone(PrintStream out) {
    RadioSettings floor = CAREFUL.with(RadioParameter.SPACE_AFTER_ACKNOWLEDGING, 0);
    line(
        out,
        "P10",
        "per exchange, no channel access, 750 KiB",
        SimulatedHome.run(floor.withoutChannelAccess(), 1, 1, WHOLE_OCTETS, 0).millisPerExchange(),
        "airtime and acknowledgements",
        7.04);
    line(out, "P10", "CSMA-CA, mean of 30 seeds", mean(floor), "sum of its parts", 9.92);
    line(out, "P10", "CSMA-CA, ifsAfterAck, mean of 30", mean(CAREFUL), "sum of its parts", 11.20);
    RadioSettings unlimited =
        RadioSettings.of(Band.MHZ_868)
            .with(RadioParameter.REGULATED_DUTY, UNLIMITED_MS)
            .with(RadioParameter.CRITICAL_DUTY, UNLIMITED_MS)
            .with(RadioParameter.LIMITED_DUTY, UNLIMITED_MS);
    line(
        out,
        "P10",
        "868 MHz, off time",
        SimulatedHome.run(unlimited, 1, 1, SMALL_OCTETS, 0).millisPerExchange(),
        "listening and 100 ms",
        109.92);
  }

  /** P11. */
  public static void together(PrintStream out) {
    double one = SimulatedHome.run(CAREFUL, 5, 1, SMALL_OCTETS, 0).millisPerExchange();
    for (double loss : new double[] {0, 0.01}) {
      double four = SimulatedHome.run(CAREFUL, 5, 4, SMALL_OCTETS, loss).millisPerExchange();
      out.printf(
          Locale.ROOT,
          "P11  throughput of four devices at %.0f %% loss       hanota %14.3f of one device's,"
              + " allowed %.2f and more%n",
          100 * loss,
          one / four,
          loss == 0 ? 0.95 : 0.90);
    }
    Radio metered = new Radio(CAREFUL, 117_000_000);
    RadioCounts counts =
        SimulatedHome.run(SimulatedHome.scenario(metered, 5, 4, SMALL_OCTETS, 0)).radio();
    out.printf(
        Locale.ROOT,
        "P11  %,d metering frames beside four transfers wait %.2f ms in the median, %.2f ms at 90"
            + " %%, %.2f ms at 99 %%, %.2f ms at most%n",
        counts.metered(),
        counts.meterWaitNanos(500) / 1e6,
        counts.meterWaitNanos(900) / 1e6,
        counts.meterWaitNanos(990) / 1e6,
        counts.meterWaitNanos(1_000) / 1e6);
  }
}
