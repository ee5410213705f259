// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.hanota.sim.fleet.FleetRun;

/** Says once in a while how far a fleet is, how fast it goes and how long the wave still takes. */
final class FleetProgress implements FleetRun.Progress {
  private static final long SECOND = 1_000_000_000;
  private static final long EVERY = 2 * SECOND;

  private final PrintWriter err;
  private final LongSupplier clock;
  private String wave = "";
  private long begun;
  private long told;
  private boolean hasTold;

  FleetProgress(PrintWriter err, LongSupplier clock) {
    this.err = err;
    this.clock = clock;
    this.begun = clock.getAsLong();
    this.told = begun;
  }

  @Override
  public void shard(String of, int done, int shards) {
    long now = clock.getAsLong();
    if (!of.equals(wave) || done == 1) {
      wave = of;
      begun = now;
    }
    if (now - told < EVERY) {
      return;
    }
    told = now;
    hasTold = true;
    double perSecond = (double) (done - 1) * SECOND / Math.max(1, now - begun);
    String left =
        perSecond == 0 ? "?" : String.format(Locale.ROOT, "%.0f s", (shards - done) / perSecond);
    err.printf(
        Locale.ROOT,
        "wave %s: %d of %d parts, %.1f a second, %s left%n",
        of,
        done,
        shards,
        perSecond,
        left);
    err.flush();
  }

  void end() {
    if (hasTold) {
      err.println("done");
      err.flush();
    }
  }
}
