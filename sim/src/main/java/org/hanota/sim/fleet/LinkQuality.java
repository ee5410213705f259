// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import java.util.Optional;
import org.hanota.sim.link.MarkovLoss;

/**
 * How well a device and its hub hear each other, the same in both directions.
 *
 * @param name unique in its scenario
 * @param share of all homes, in hundredths
 * @param loss the fraction of frames and acknowledgements that are lost, outside of bursts
 * @param bursts times in which more is lost; empty for none
 */
public record LinkQuality(String name, int share, double loss, Optional<Bursts> bursts) {
  /**
   * Bad times, which come to each direction by itself.
   *
   * @param goodNanos how long they stay away, in the mean
   * @param badNanos how long they last, in the mean
   * @param loss the fraction that is lost in them
   */
  public record Bursts(long goodNanos, long badNanos, double loss) {
    /** Checks that both times last. */
    public Bursts {
      FleetScenario.check("good", goodNanos, 1, Long.MAX_VALUE);
      FleetScenario.check("bad", badNanos, 1, Long.MAX_VALUE);
      FleetScenario.fraction("loss of bursts", loss);
    }
  }

  /** A link that loses nine of ten carries nothing that would end. */
  private static final double LOSS_MAXIMUM = 0.9;

  /** Checks the fractions. */
  public LinkQuality {
    FleetScenario.check("share", share, 0, 100);
    if (!(loss >= 0 && loss <= LOSS_MAXIMUM)) {
      throw new IllegalArgumentException("loss is " + loss + ", allowed 0 to " + LOSS_MAXIMUM);
    }
  }

  /** The states of a link of the simulator that is like this; the good one first. */
  public List<MarkovLoss.State> states() {
    Bursts bad = bursts.orElseThrow();
    return List.of(
        new MarkovLoss.State(loss, bad.goodNanos(), List.of(0.0, 1.0)),
        new MarkovLoss.State(bad.loss(), bad.badNanos(), List.of(1.0, 0.0)));
  }
}
