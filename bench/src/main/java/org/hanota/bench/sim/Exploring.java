// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.sim;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.hanota.sim.explore.Bounds;
import org.hanota.sim.explore.Exploration;
import org.hanota.sim.explore.Explorer;
import org.hanota.sim.explore.Models;

/** P14: distinct states per second on the model of three blocks, with its bounds. */
public final class Exploring {
  private static final int FAULTS = 2;
  private static final int STATES = 5_000_000;
  private static final int ROUNDS = 5;
  private static final double TARGET = 20_000;

  private Exploring() {}

  /** Measures and prints. */
  public static void run(PrintStream out) {
    Bounds bounds = new Bounds(FAULTS, STATES);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double best = 0;
    for (int i = 0; i < ROUNDS; i++) {
      // By processor time: the machine may do other things meanwhile.
      long start = threads.getCurrentThreadCpuTime();
      Exploration found = Explorer.explore(Models.BLOCK.model(), bounds);
      double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
      best = Math.max(best, found.states() / seconds);
      out.printf(
          Locale.ROOT,
          "P14  block model, up to %d faults and %,d states: %,d states, frontier %,d, %.2f s of a"
              + " processor%n",
          FAULTS,
          STATES,
          found.states(),
          found.frontier(),
          seconds);
    }
    out.printf(
        Locale.ROOT,
        "P14  %-46s hanota %,14.0f/s  %-34s %,14.0f/s  ratio %.2f%n",
        "distinct states, best of " + ROUNDS,
        best,
        "target",
        TARGET,
        best / TARGET);
  }
}
