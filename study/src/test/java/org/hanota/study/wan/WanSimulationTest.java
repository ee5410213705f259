// SPDX-License-Identifier: Apache-2.0
package org.hanota.study.wan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.ParameterValues;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;
import org.junit.jupiter.api.Test;

class WanSimulationTest {
  private static final int HOMES = 100;
  private static final long IMAGE = 768_000;
  private static final int SEEDS = 30;
  private static final ParameterValues<CapacityParameter> SMALL =
      ParameterValues.defaults(CapacityParameter.class)
          .with(CapacityParameter.HOMES_PER_CELL, HOMES);

  /** C10: two updates a year; forecast without a simulation, actual by 30 seeds. */
  @Test
  void forecastAndActualOfTwoUpdatesAYearLieWithinATenthOfEachOther() {
    for (RegionCapacity region : RegionCapacity.all(SMALL)) {
      long forecast = 2 * region.cellMillis(IMAGE, HOMES).orElseThrow();
      long forecastOctets = 2 * HOMES * region.octets(IMAGE);
      double millis = 0;
      double octets = 0;
      for (int seed = 1; seed <= SEEDS; seed++) {
        for (int update = 0; update < 2; update++) {
          WanSimulation.Result result = WanSimulation.run(region, IMAGE, HOMES, 2L * seed + update);
          millis += result.lastMillis();
          octets += result.firmwareOctets();
        }
      }
      System.out.printf(
          "C10 %s: forecast %.2f h, actual %.2f h; forecast %d octets, actual %.0f%n",
          region.name(), forecast / 3.6e6, millis / SEEDS / 3.6e6, forecastOctets, octets / SEEDS);
      assertThat(millis / SEEDS / forecast).as(region.name()).isCloseTo(1, within(0.1));
      assertThat(octets / SEEDS / forecastOctets).as(region.name()).isCloseTo(1, within(0.1));
    }
  }

  /** C20: firmware delays a command by one packet at most, and readings by little. */
  @Test
  void aCommandNeverWaitsForMoreThanOnePacketOfFirmware() {
    for (RegionCapacity region : RegionCapacity.all(SMALL)) {
      WanSimulation.Result with = WanSimulation.run(region, IMAGE, HOMES, 7);
      assertThat(with.commandWaits().length).isPositive();
      assertThat(with.firmwareWaitMax())
          .as(region.name())
          .isPositive()
          .isLessThanOrEqualTo(region.criticalDelayMillis());
      WanSimulation.Result without = WanSimulation.run(region, 0, 0, 7);
      assertThat(without.firmwareWaitMax()).isZero();
      assertThat(with.readingWait(99) - without.readingWait(99))
          .as(region.name())
          .isLessThanOrEqualTo(2 * region.criticalDelayMillis());
    }
  }

  /** C22: how long an update takes, by region, as a distribution. */
  @Test
  void theNorthIsSlowerThanTheOthersInEachPartOfTheDistribution() {
    List<WanSimulation.Result> results = new ArrayList<>();
    for (RegionCapacity region : RegionCapacity.all(SMALL)) {
      results.add(WanSimulation.run(region, IMAGE, HOMES, 3));
    }
    for (int percent : new int[] {10, 50, 90, 100}) {
      assertThat(results.get(0).quantileMillis(percent))
          .isGreaterThan(3 * results.get(1).quantileMillis(percent));
    }
    assertThat(results.get(0).quantileMillis(10)).isLessThan(results.get(0).quantileMillis(50));
  }

  @Test
  void theSameSeedGivesTheSameAndAnotherOneAnother() {
    RegionCapacity south = RegionCapacity.all(SMALL).get(2);
    WanSimulation.Result one = WanSimulation.run(south, IMAGE, 10, 5);
    assertThat(WanSimulation.run(south, IMAGE, 10, 5).homeMillis()).isEqualTo(one.homeMillis());
    assertThat(WanSimulation.run(south, IMAGE, 10, 6).homeMillis()).isNotEqualTo(one.homeMillis());
  }

  /** The check finds a forecast that forgets outages and losses. */
  @Test
  void aForecastWithoutOutagesAndLossesIsFoundWrong() {
    ParameterValues<CapacityParameter> bad =
        SMALL
            .with(CapacityParameter.PACKET_LOSS, 150_000)
            .with(CapacityParameter.MEAN_DOWN, 86_400_000 / 4);
    ParameterValues<CapacityParameter> ideal =
        bad.with(CapacityParameter.PACKET_LOSS, 0).with(CapacityParameter.MEAN_DOWN, 0);
    long forecast = RegionCapacity.all(ideal).get(0).cellMillis(IMAGE, HOMES).orElseThrow();
    double millis = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      millis += WanSimulation.run(RegionCapacity.all(bad).get(0), IMAGE, HOMES, seed).lastMillis();
    }
    assertThat(millis / SEEDS / forecast).isGreaterThan(1.1);
  }
}
