// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hanota.api.Parameter.DAY;
import static org.hanota.api.Parameter.HOUR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario of the library answers its question as it says. */
class FleetLibraryTest {
  private static Path folder() {
    return Shared.root().resolve("docs/scenarios");
  }

  /** A scenario of the library, in which other words stand; each as {@code its=other}. */
  private static FleetResult run(String name, String... others)
      throws IOException, InterruptedException {
    String text = Files.readString(folder().resolve(name));
    for (String each : others) {
      int equals = each.indexOf('=');
      assertThat(text).contains(each.substring(0, equals));
      text = text.replace(each.substring(0, equals), each.substring(equals + 1));
    }
    FleetScenario fleet = FleetReader.read(text);
    return FleetRun.run(fleet, new ForkJoinEngine(2), (wave, done, shards) -> {});
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> found = Files.list(folder())) {
      return found.filter(each -> each.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachIsReadAndListedAndHasAQuestion(Path file) throws IOException {
    String text = Files.readString(file);
    FleetScenario unused = FleetReader.read(text);
    assertThat(text).startsWith("# Question: ");
    assertThat(Files.readString(folder().resolve("README.md")))
        .contains("`" + file.getFileName() + "`");
  }

  @Test
  void theRegionWithTheOutageEndsLaterAndNobodyFailsForIt() throws Exception {
    FleetResult result = run("two-regions.yaml");
    assertThat(result.state()).isEqualTo(CampaignState.COMPLETED);
    FleetResult.RegionResult north = result.regions().get(0);
    FleetResult.RegionResult south = result.regions().get(1);
    assertThat(north.medianMillis()).isGreaterThan(2 * south.medianMillis());
    assertThat(north.ends().failed() + north.ends().silent()).isZero();
    assertThat(north.ends().updated()).isEqualTo(5_000);
  }

  @Test
  void aBadImageIsStoppedInItsCanaryAndWhoeverGotItRolledBack() throws Exception {
    FleetResult result = run("bad-image.yaml");
    assertThat(result.state()).isEqualTo(CampaignState.STOPPED);
    assertThat(result.waves()).hasSize(1);
    FleetResult.Ends ends = result.waves().get(0).ends();
    assertThat(ends.ordered()).isLessThan(1_000);
    assertThat(ends.updated() + ends.failed()).isEqualTo(ends.ordered());
  }

  @Test
  void aWanThatIsDownForThreeDaysDelaysAndNobodyFails() throws Exception {
    FleetResult result = run("wan-outage.yaml");
    assertThat(result.state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(result.regions().get(0).ends()).isEqualTo(new FleetResult.Ends(6_000, 6_000, 0, 0));
    assertThat(result.regions().get(0).most99Millis()).isGreaterThan(3 * 86_400_000L);
  }

  @Test
  void oneHouseTakesALittleLongerThanItsExchangesAlone() throws Exception {
    FleetResult.DeviceResult display = run("one-house.yaml").devices().get(0);
    assertThat(display.transfers()).isEqualTo(1);
    assertThat(display.meanMillis()).isBetween(22_300L, 25_500L);
  }

  /** The nation at a thousandth of its size, its thresholds too: each of its waves goes through. */
  @Test
  void theNationIsUpdatedAndItsThinnestRegionIsLast() throws Exception {
    FleetResult result =
        run(
            "nation.yaml",
            "homes: 27000000=homes: 27000\nsamples: 2000",
            "size: 1000\n=size: 100\n",
            "minimum: 900=minimum: 90",
            "minimum: 100 =minimum: 20 ",
            "minimum: 1000 =minimum: 100 ",
            "minimum: 10000=minimum: 100");
    assertThat(result.state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(result.waves())
        .extracting(FleetResult.WaveResult::devices)
        .containsExactly(100L, 1_070L, 9_630L);
    FleetResult.RegionResult north = result.regions().get(0);
    FleetResult.RegionResult central = result.regions().get(1);
    assertThat(north.medianMillis()).isGreaterThan(4 * central.medianMillis());
    assertThat(share(result, FleetCounts.Cause.NO_ANSWER)).isBetween(0.007, 0.013);
    assertThat(share(result, FleetCounts.Cause.REFUSED)).isBetween(0.0001, 0.0015);
    assertThat(share(result, FleetCounts.Cause.TOO_LATE)).isZero();
  }

  private static double share(FleetResult result, FleetCounts.Cause cause) {
    long all = result.waves().stream().mapToLong(each -> each.ends().ordered()).sum();
    return (double) result.caused(0, cause) / all;
  }

  @Test
  void aStreetAt868MegahertzTakesTheOffTimeForEachBlock() throws Exception {
    FleetResult result = run("street-868.yaml", "homes: 20=homes: 2");
    FleetResult.DeviceResult meter = result.devices().get(0);
    assertThat(meter.transfers()).isEqualTo(2);
    long blocks = result.scenario().image().blocks();
    assertThat(meter.meanMillis()).isBetween(109 * blocks, 125 * blocks);
    assertThat(result.state()).isEqualTo(CampaignState.COMPLETED);
    long faster =
        run("street-868.yaml", "homes: 20=homes: 2", "868MHz=2.4GHz").devices().get(0).meanMillis();
    assertThat(meter.meanMillis()).isBetween(9 * faster, 12 * faster);
  }

  /** C10. */
  @Test
  void thereIsRoomForTwoUpdatesAYear() throws Exception {
    FleetResult result = run("two-updates-a-year.yaml");
    assertThat(result.state()).isEqualTo(CampaignState.COMPLETED);
    long ended = result.decisions().get(result.decisions().size() - 1).utcMillis();
    assertThat(ended).isBetween(8 * DAY, 10 * DAY);
    double year =
        result.wanCapacityOctets(0) * 365 * DAY / result.scenario().campaign().stepMillis();
    assertThat(2 * result.regions().get(0).wanOctets() / year).isBetween(0.005, 0.01);
    FleetResult.DeviceResult display = result.devices().get(0);
    assertThat(2 * display.hubAirtimeMillis() / display.transfers()).isBetween(100_000L, 180_000L);
  }

  @Test
  void theSecondPartOfALargeImageComesWhileTheFirstGoesIntoTheDevice() throws Exception {
    FleetResult parts = run("large-image.yaml", "homes: 20000=homes: 4000");
    FleetResult whole = run("large-image.yaml", "homes: 20000=homes: 4000", ", parts: 2=");
    FleetResult.RegionResult region = parts.regions().get(0);
    assertThat(region.ends().updated()).isEqualTo(1_000);
    long transfer = parts.devices().get(0).meanMillis();
    assertThat(mean(parts)).isLessThan(mean(whole) - transfer * 45 / 100);
    assertThat(mean(parts)).isGreaterThan(mean(whole) - transfer * 55 / 100);
    assertThat(region.wanOctets())
        .isCloseTo(whole.regions().get(0).wanOctets(), within(10_000_000L));
  }

  private static long mean(FleetResult result) {
    long sum = 0;
    long updated = 0;
    for (int part = 0; part < FleetResult.parts(); part++) {
      sum += result.ofPart(part, FleetCounts.PartSum.UPDATED_MILLIS);
      updated += result.ofPart(part, FleetCounts.PartSum.UPDATED);
    }
    return sum / updated;
  }

  /** Those that change before their turn, by the mean of the waiting times. */
  @Test
  void aCampaignLosesWhoeverChangesTheSupplierBeforeHisTurn() throws Exception {
    FleetResult result = run("change-of-supplier.yaml");
    assertThat(result.state()).isEqualTo(CampaignState.COMPLETED);
    FleetResult.Ends ends = result.regions().get(0).ends();
    long lost = result.caused(0, FleetCounts.Cause.SUPPLIER);
    assertThat(ends.failed()).isEqualTo(lost);
    assertThat(ends.updated()).isEqualTo(20_000 - lost);
    double years = 20_000 / 14.0 / 24 / 365.25;
    double perYear = -Math.log(0.8);
    double expected = 20_000 * (1 - (1 - Math.exp(-perYear * years)) / (perYear * years));
    assertThat((double) lost).isCloseTo(expected, within(3 * Math.sqrt(expected)));
    assertThat(result.devices().get(0).transfers())
        .as("refused requests carry nothing")
        .isEqualTo(ends.updated());
    assertThat(
            run("change-of-supplier.yaml", "supplierChanges: 0.2=supplierChanges: 0")
                .regions()
                .get(0)
                .ends()
                .failed())
        .isZero();
  }

  @Test
  void aSleepyDisplayTakesAPollForEachBlock() throws Exception {
    FleetResult result = run("prepayment-sleepy.yaml", "homes: 20=homes: 2");
    FleetResult.DeviceResult display = result.devices().get(0);
    assertThat(display.transfers()).isEqualTo(2);
    assertThat(display.meanMillis()).isBetween(158_000L, 175_000L);
    FleetResult awake =
        run(
            "prepayment-sleepy.yaml",
            "homes: 20=homes: 2",
            "    sleep: { poll: 10 s, fastPoll: 1 s }\n=");
    assertThat(awake.devices().get(0).meanMillis()).isBetween(1_500L, 2_500L);
  }

  /** C19. */
  @Test
  void theInternetIsDoneInMinutesWhereTheCellsWaitForHours() throws Exception {
    FleetResult result = run("internet-path.yaml");
    assertThat(result.regions().get(0).medianMillis()).isBetween(3 * HOUR, 5 * HOUR);
    assertThat(result.regions().get(1).medianMillis()).isBetween(220_000L, 260_000L);
    assertThat(result.regions().get(1).ends()).isEqualTo(result.regions().get(0).ends());
  }

  /** C22. */
  @Test
  void theThinnestRegionTakesFiveTimesAsLong() throws Exception {
    FleetResult result = run("regions.yaml");
    FleetResult.RegionResult north = result.regions().get(0);
    for (FleetResult.RegionResult other : result.regions().subList(1, 3)) {
      assertThat((double) north.medianMillis() / other.medianMillis()).isBetween(4.0, 6.0);
      assertThat((double) north.most99Millis() / other.most99Millis()).isBetween(4.0, 6.0);
    }
    for (FleetResult.DeviceResult device : result.devices()) {
      assertThat(device.medianMillis()).isLessThan(62_000);
    }
  }

  /** Whoever has read only the README can write a scenario that runs: its example is one. */
  @Test
  void theExampleOfTheReadmeRuns() throws Exception {
    String readme = Files.readString(folder().resolve("README.md"));
    int from = readme.indexOf("```yaml\n") + 8;
    String example = readme.substring(from, readme.indexOf("```", from));
    FleetResult result =
        FleetRun.run(FleetReader.read(example), new ForkJoinEngine(2), (wave, done, shards) -> {});
    assertThat(result.state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(result.waves()).hasSize(2);
    for (String key : KEYS) {
      assertThat(readme).as("the README says what a key is").contains("`" + key + "`");
    }
  }

  private static final List<String> KEYS =
      List.of(
          "seed",
          "level",
          "homes",
          "samples",
          "octets",
          "maximumDataSize",
          "parts",
          "band",
          "quality",
          "share",
          "loss",
          "bursts",
          "good",
          "bad",
          "type",
          "name",
          "verification",
          "silent",
          "sleep",
          "poll",
          "fastPoll",
          "kept",
          "version",
          "fails",
          "cellRate",
          "homesPerCell",
          "parameters",
          "outages",
          "at",
          "for",
          "starts",
          "period",
          "supplierChanges",
          "answer",
          "ends",
          "step",
          "size",
          "success",
          "error",
          "minimum",
          "devices",
          "soak",
          "gate");
}
