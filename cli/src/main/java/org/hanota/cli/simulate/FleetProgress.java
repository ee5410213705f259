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
    err.printf(Locale.ROOT, "wave %s: %d of %d parts%s%n", of, done, shards, pace(done, shards));
    err.flush();
  }

  /** How fast it goes; nothing before a second part tells. */
  private String pace(int done, int shards) {
    if (done == 1) {
      return "";
    }
    double perSecond = (double) (done - 1) * SECOND / Math.max(1, told - begun);
    return String.format(
        Locale.ROOT, ", %.1f a second, %.0f s left", perSecond, (shards - done) / perSecond);
  }

  void end() {
    if (hasTold) {
      err.println("done");
      err.flush();
    }
  }
}
