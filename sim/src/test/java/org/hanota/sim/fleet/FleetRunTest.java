// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.sim.fleet.file.Checkpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetRunTest {
  /** Links that never lose, whose sample costs nothing. */
  private static final String FLEET =
      FleetReaderTest.SMALL
          .replace("homes: 2000", "homes: 50000")
          .replace(
              "  - { name: far, share: 10 %, loss: 0.05, bursts: { good: 10 s, bad: 200 ms, loss: 0.8 } }\n",
              "")
          .replace("share: 90 %, loss: 0.001", "share: 100 %, loss: 0")
          .replace("starts: 100,", "starts: 1000,");

  private static FleetResult run(String text, int workers) throws InterruptedException {
    return FleetRun.run(
        FleetReader.read(text), new ForkJoinEngine(workers), (wave, done, shards) -> {});
  }

  @Tag("soak")
  @Test
  void aHundredThousandHomesComeToTheSameWithOneTwoAndSevenWorkers() throws InterruptedException {
    long homes = "short".equals(System.getProperty("hanota.soak")) ? 25_000 : 100_000;
    FleetScenario fleet = FleetReader.read(FLEET).withHomes(homes);
    String one = FleetRun.run(fleet, new ForkJoinEngine(1), (wave, done, of) -> {}).digest();
    for (int workers : new int[] {2, 7}) {
      FleetResult result = FleetRun.run(fleet, new ForkJoinEngine(workers), (wave, done, of) -> {});
      assertThat(result.digest()).as("%d workers", workers).isEqualTo(one);
    }
  }

  @Test
  void aFleetComesToTheSameHoweverManyWorkersThereAre() throws InterruptedException {
    FleetResult one = run(FLEET, 1);
    assertThat(one.state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(one.waves())
        .extracting(FleetResult.WaveResult::devices)
        .containsExactly(100L, 24_900L);
    for (FleetResult.WaveResult each : one.waves()) {
      FleetResult.Ends ends = each.ends();
      assertThat(ends.ordered()).isEqualTo(each.devices());
      assertThat(ends.updated() + ends.failed() + ends.silent()).isEqualTo(each.devices());
    }
    assertThat(run(FLEET, 2).digest()).isEqualTo(one.digest());
    assertThat(run(FLEET, 7).digest()).isEqualTo(one.digest());
    assertThat(run(FLEET.replace("seed: 3", "seed: 4"), 2).digest()).isNotEqualTo(one.digest());
  }

  /** The digest that JDK 17 gave stands here for every other. */
  @Test
  void everyMachineGivesThisDigest() throws InterruptedException {
    assertThat(run(FleetReaderTest.SMALL, 2).digest()).isEqualTo(DIGEST);
  }

  private static final String DIGEST =
      "19b7dabcb588b93c21e99f95cc975e186dee0cd18150dae975c91a20b9ff1dc9";

  @Tag("soak")
  @Test
  void aHundredThousandHomesWithLossesComeToTheSame() throws InterruptedException {
    String text = FleetReaderTest.SMALL.replace("homes: 2000", "homes: 100000");
    String digest = run(text, 1).digest();
    assertThat(run(text, 2).digest()).isEqualTo(digest);
    assertThat(run(text, 7).digest()).isEqualTo(digest);
  }

  /**
   * A worker elsewhere knows the scenario and the recipe alone, also of waves that were stopped.
   */
  @Test
  void aWorkerElsewhereComputesTheSame() throws InterruptedException {
    String bad = FLEET.replace("fails: 0.01", "fails: 0.5").replace("starts: 1000", "starts: 20");
    for (String text : List.of(FLEET, bad)) {
      FleetWorker worker = new FleetWorker(FleetReader.read(text));
      FleetEngine elsewhere =
          (pass, shards, results) -> {
            for (int each : shards) {
              results.arrived(each, worker.shard(pass.recipe(), each));
            }
          };
      FleetResult result =
          FleetRun.run(FleetReader.read(text), elsewhere, (wave, done, shards) -> {});
      assertThat(result.digest()).isEqualTo(run(text, 1).digest());
    }
  }

  @Test
  void aBadImageIsStoppedByItsThreshold() throws InterruptedException {
    FleetResult bad = run(FLEET.replace("fails: 0.01", "fails: 0.5"), 2);
    assertThat(bad.state()).isEqualTo(CampaignState.STOPPED);
    assertThat(bad.waves()).hasSize(1);
    assertThat(bad.waves().get(0).ends().failed()).isBetween(20L, 100L);
    assertThat(bad.decisions())
        .last()
        .extracting("why")
        .asString()
        .contains("threshold 20 devices");
  }

  /** Requests that were to go out after the stop do not, and change nothing before it. */
  @Test
  void aStopCutsOffWhatWasToFollow() throws InterruptedException {
    String slow =
        FLEET
            .replace("starts: 1000,", "starts: 20,")
            .replace("size: 100,", "size: 20000,")
            .replace(
                "minimum: 50 }, error: { devices: 20 }", "minimum: 50 }, error: { devices: 300 }")
            .replace("fails: 0.01", "fails: 0.3");
    FleetResult stopped = run(slow, 2);
    FleetResult.Ends ends = stopped.waves().get(0).ends();
    assertThat(stopped.state()).isEqualTo(CampaignState.STOPPED);
    assertThat(ends.ordered()).isLessThan(2_500);
    assertThat(ends.updated() + ends.failed() + ends.silent()).isEqualTo(ends.ordered());
  }

  @Test
  void aRunThatWasEndedGoesOnAndComesToTheSame(@TempDir Path folder) throws Exception {
    FleetScenario fleet = FleetReader.read(FLEET);
    String digest = run(FLEET, 1).digest();
    Path kept = folder.resolve("kept");
    FleetEngine dies =
        (pass, shards, results) -> {
          results.arrived(1, pass.shard(1));
          throw new InterruptedException("ctrl-C");
        };
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(
            () ->
                FleetRun.run(
                    fleet, Checkpoint.in(kept, dies, "this", false), (wave, done, shards) -> {}));
    Path file = kept.resolve("pass-0.shards");
    assertThat(file).isNotEmptyFile();
    // The next one was being written.
    Files.write(file, new byte[] {0, 0, 0, 2, 0, 0}, java.nio.file.StandardOpenOption.APPEND);
    List<Integer> computed = new ArrayList<>();
    FleetEngine counts =
        (pass, shards, results) -> {
          for (int each : shards) {
            computed.add(each);
            results.arrived(each, pass.shard(each));
          }
        };
    FleetResult resumed =
        FleetRun.run(fleet, Checkpoint.in(kept, counts, "this", true), (wave, done, shards) -> {});
    assertThat(resumed.digest()).isEqualTo(digest);
    assertThat(computed).as("three shards in each of two waves, one of them kept").hasSize(5);
    assertThatExceptionOfType(Checkpoint.Refused.class)
        .isThrownBy(() -> Checkpoint.in(kept, counts, "other", true))
        .withMessageContaining("is of another run");
    assertThatExceptionOfType(Checkpoint.Refused.class)
        .isThrownBy(() -> Checkpoint.in(kept, counts, "this", false))
        .withMessageContaining("is not empty");
  }

  @Test
  void aShardThatArrivesTwiceMustBeTheSame() {
    FleetScenario fleet = FleetReader.read(FLEET);
    FleetCounts sum = new FleetCounts(fleet);
    long[] result = new FleetCounts(fleet).values();
    result[5] = 1;
    Reduction reduction = new Reduction(sum, 2);
    reduction.arrived(1, result.clone());
    reduction.arrived(1, result.clone());
    reduction.arrived(0, result.clone());
    assertThat(reduction.isComplete()).isTrue();
    assertThat(sum.values()[5]).isEqualTo(2);
    result[5] = 2;
    assertThatExceptionOfType(Reduction.ShardsDiffer.class)
        .isThrownBy(() -> reduction.arrived(1, result))
        .withMessageContaining("shard 1 arrived twice");
  }
}
