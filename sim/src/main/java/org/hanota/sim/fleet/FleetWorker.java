// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

/**
 * Computes shards for a run that is elsewhere: from the scenario and the recipe of a pass alone.
 * May be called by several threads at once, which share the models of the links. [hanota H142]
 */
public final class FleetWorker {
  private final FleetScenario scenario;
  private final FleetLayout layout;
  private final TransferModels models;

  /** A worker for a scenario; its models are made when the first shard asks. */
  public FleetWorker(FleetScenario scenario) {
    this.scenario = scenario;
    this.layout = new FleetLayout(scenario);
    this.models = new TransferModels(scenario);
  }

  /**
   * A shard.
   *
   * @param recipe of its pass
   * @param number its number, from 0
   */
  public long[] shard(long[] recipe, int number) {
    WaveTimes times = WaveTimes.of(layout, scenario.campaign(), recipe);
    return new FleetPass(
            scenario,
            layout,
            models,
            (int) recipe[0],
            times,
            (region, wave, place, order, end, kind) -> {})
        .shard(number);
  }
}
