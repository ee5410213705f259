// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Threshold;

/**
 * How a campaign is done; times in milliseconds from its start.
 *
 * @param waves in their order
 * @param pace how fast requests go out
 * @param answerMillis silence for so long after a request is a failure
 * @param endsMillis no request goes out after this
 * @param supplierChanges the fraction of homes that change their supplier in a year: the former one
 *     updates nothing any more
 * @param stepMillis how often it is decided; what happens within a step is decided at its end
 */
public record FleetCampaign(
    List<Wave> waves,
    Pace pace,
    double supplierChanges,
    long answerMillis,
    long endsMillis,
    long stepMillis) {
  /** Longest campaign, in steps: each costs memory in each shard. */
  public static final int STEPS_MAXIMUM = 50_000;

  /**
   * A wave.
   *
   * @param name names it in its campaign
   * @param size how many of the devices that no earlier wave has
   * @param success when the next wave may follow
   * @param error when everything stops
   * @param soakMillis how long it is watched after its success
   * @param gate after how long somebody lets the next wave follow; negative if nobody has to
   */
  public record Wave(
      String name, GroupSize size, Threshold success, Threshold error, long soakMillis, long gate) {
    /** Whether somebody outside has to let the next wave follow. */
    public boolean isGated() {
      return gate >= 0;
    }
  }

  /**
   * How fast requests go out.
   *
   * @param startsPerPeriod to one region within a period
   * @param periodMillis how long a period is
   */
  public record Pace(int startsPerPeriod, long periodMillis) {
    /** Checks that both are at least 1. */
    public Pace {
      FleetScenario.check("starts", startsPerPeriod, 1, Integer.MAX_VALUE);
      FleetScenario.check("period", periodMillis, 1, 86_400_000);
    }
  }

  /** Checks names and times. */
  public FleetCampaign {
    waves = List.copyOf(waves);
    FleetScenario.check("the number of waves", waves.size(), 1, 100);
    if (waves.stream().map(Wave::name).distinct().count() != waves.size()) {
      throw new IllegalArgumentException("two waves have the same name");
    }
    if (!(supplierChanges >= 0 && supplierChanges < 1)) {
      throw new IllegalArgumentException(
          "supplierChanges is " + supplierChanges + ", allowed 0 to less than 1");
    }
    FleetScenario.check("step", stepMillis, 1, Long.MAX_VALUE / 4);
    FleetScenario.check("answer", answerMillis, 1, Long.MAX_VALUE / 4);
    FleetScenario.check("ends", endsMillis, 1, Long.MAX_VALUE / 4);
    FleetScenario.check(
        "ends and answer in steps", (endsMillis + answerMillis) / stepMillis, 1, STEPS_MAXIMUM - 2);
  }

  /** Steps from the start until the last silence is a failure. */
  public int steps() {
    return (int) ((endsMillis + answerMillis) / stepMillis) + 2;
  }
}
