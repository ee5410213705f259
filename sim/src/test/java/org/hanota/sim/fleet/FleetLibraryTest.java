// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static FleetResult run(String name) throws IOException, InterruptedException {
    FleetScenario fleet = FleetReader.read(Files.readString(folder().resolve(name)));
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

  /** The nation at a thousandth of its size: its shares and thresholds hold. */
  @Test
  void theNationIsUpdatedAndItsThinnestRegionIsLast() throws Exception {
    String text = Files.readString(folder().resolve("nation.yaml"));
    FleetScenario fleet =
        FleetReader.read(text.replace("homes: 27000000", "homes: 27000\nsamples: 2000"));
    FleetResult result = FleetRun.run(fleet, new ForkJoinEngine(2), (wave, done, shards) -> {});
    assertThat(result.waves()).isNotEmpty();
    assertThat(result.regions().get(0).medianMillis())
        .isGreaterThan(result.regions().get(1).medianMillis());
  }
}
