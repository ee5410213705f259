// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.hanota.device.DeviceType;
import org.hanota.sim.scenario.Limits;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.Strike;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each nemesis by itself: told to strike once, and by its rate. */
class NemesesTest {
  private static final int SEEDS = Integer.getInteger("hanota.seeds", 3);
  private static final long DAY = 86_400_000_000_000L;

  private static Scenario.Builder scenario(long seed) {
    return Scenario.builder(seed)
        .devices(
            SampleImages.device(seed, "ppmid-1", DeviceType.PPMID, 2_000),
            SampleImages.device(seed, "esme-1", DeviceType.ESME, 2_000),
            SampleImages.device(seed, "ihd-1", DeviceType.IHD, 2_000))
        .headEnd(seed % 2 == 0 ? Scripts::dated : Scripts::usual)
        .limits(new Limits(10 * DAY, 60 * DAY));
  }

  private static long holds(Scenario scenario, Nemesis nemesis, String what) {
    HomeReport report;
    try {
      report = Home.run(scenario, new FaultyHomeTest.Silent());
    } catch (AssertionError | RuntimeException fault) {
      throw new AssertionError(what + ": " + fault, fault);
    }
    assertThat(report.isExplained()).as(what + ": " + report.devices()).isTrue();
    return report.fired().getOrDefault(nemesis, 0L);
  }

  private static double rate(Nemesis nemesis) {
    return switch (nemesis) {
      case LOST, REPEATED, REORDERED, DELAYED, CORRUPTED -> 0.1;
      case CORRUPTED_UNSEEN, POWER_CUT, TORN_WRITE, WORN_STORAGE -> 0.01;
      case IO_ERROR, STORAGE_FULL, HUB_POWER_CUT, HUB_IO_ERROR, HUB_STORAGE_FULL -> 0.01;
      case RESTART, HUB_RESTART, CLOCK_STEP, DEVICE_STOPS -> 0.03;
      case CLOCK_SKEW,
          CLOCK_UNSET,
          WRONG_IMAGE,
          DAMAGED_IMAGE,
          TRUNCATED_IMAGE,
          REPLAYED_COMMAND,
          FOREIGN_COMMAND,
          DEVICE_LIES,
          METER_CUTS_HUB ->
          0.5;
    };
  }

  @ParameterizedTest
  @EnumSource(Nemesis.class)
  void byItsRateItStrikesAndEveryUpdateEndsNevertheless(Nemesis nemesis) {
    long fired = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Scenario scenario = scenario(seed).rates(Map.of(nemesis, rate(nemesis))).build();
      fired += holds(scenario, nemesis, nemesis.label() + " seed " + seed);
    }
    assertThat(fired).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Nemesis.class)
  void toldToStrikeOnceItDoesSoOnceAtEachDevice(Nemesis nemesis) {
    for (long seed = 1; seed <= 1; seed++) {
      boolean atOnce =
          switch (nemesis) {
            case CLOCK_SKEW, CLOCK_UNSET, WRONG_IMAGE, DAMAGED_IMAGE, TRUNCATED_IMAGE -> true;
            default -> nemesis.name().startsWith("HUB");
          };
      String node = nemesis.name().startsWith("HUB") ? ScenarioDevice.HUB : LinkFault.ANY;
      Strike strike = atOnce ? Strike.at(nemesis, node, 0) : Strike.atPercent(nemesis, node, 37);
      Scenario scenario = scenario(seed).strikes(List.of(strike)).build();
      long fired = holds(scenario, nemesis, nemesis.label() + " seed " + seed);
      assertThat(fired).isBetween(1L, 3L);
    }
  }

  /** Each mistake is refused and corrected; both are followed by an offer, which was doubled. */
  @Test
  void aHeadEndThatAlwaysSendsTheWrongImageDoesSoOnceAnHour() {
    int hours = 8;
    Scenario scenario =
        scenario(1)
            .rates(Map.of(Nemesis.WRONG_IMAGE, 1.0))
            .limits(new Limits(hours * DAY / 24, 60 * DAY))
            .build();
    int servedByHeadEnd = 2;
    HomeReport report = Home.run(scenario, new FaultyHomeTest.Silent());
    assertThat(report.fired().get(Nemesis.WRONG_IMAGE))
        .isBetween((long) hours, servedByHeadEnd * (hours + 1L));
  }

  /** What swarm seeds 35786 and 43343 found: a length that is wrong is refused at the door. */
  @Test
  void whoBringsAFileThatTheHubRefusesBringsTheRightOne() {
    EnumSet<DeviceReport.Outcome> seen = EnumSet.noneOf(DeviceReport.Outcome.class);
    for (long seed = 1; seed <= 200 && seen.size() < 2; seed++) {
      Scenario scenario =
          Scenario.builder(seed)
              .devices(SampleImages.device(seed, "ihd-1", DeviceType.IHD, 16))
              .strikes(List.of(Strike.at(Nemesis.DAMAGED_IMAGE, "ihd-1", 0)))
              .limits(new Limits(10 * DAY, 60 * DAY))
              .build();
      HomeReport report = Home.run(scenario, new FaultyHomeTest.Silent());
      assertThat(report.fired()).containsKey(Nemesis.DAMAGED_IMAGE);
      assertThat(report.isExplained()).as("seed %d: %s", seed, report.devices()).isTrue();
      seen.add(report.devices().get(0).outcome());
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(DeviceReport.Outcome.CONFIRMED, DeviceReport.Outcome.FAILED);
  }
}
