// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The nation's run holds no more than that of a million homes. [hanota H149] */
class FleetMemoryTest {
  private static final boolean IS_SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final long FEW = IS_SHORT ? 100_000 : 1_000_000;
  private static final long NATION = IS_SHORT ? 500_000 : 27_000_000;
  private static final int PLANTED = 16_000_000;
  private static final double ALLOWED = 1.2;

  /** How often in a run is looked at what is live: each time costs a collection. */
  private static final int LOOKS = 10;

  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private static long live() {
    MEMORY.gc();
    return MEMORY.getHeapMemoryUsage().getUsed();
  }

  /** The most that was live beyond what was so before, in octets. */
  private static long most(long homes, FleetRun.Progress also) throws Exception {
    String text = Files.readString(Shared.root().resolve("docs/scenarios/nation.yaml"));
    FleetScenario fleet = FleetReader.read(text).withHomes(homes);
    long before = live();
    long[] most = {0};
    FleetResult result =
        FleetRun.run(
            fleet,
            // Alone, so that nothing is made between the collection and the look.
            new ForkJoinEngine(1),
            (wave, done, shards) -> {
              also.shard(wave, done, shards);
              if (done % Math.max(1, shards / LOOKS) == 0) {
                most[0] = Math.max(most[0], live() - before);
              }
            });
    assertThat(result.scenario().homes()).isEqualTo(homes);
    return most[0];
  }

  @Tag("soak")
  @Test
  void aFleetOfMoreHomesNeedsNoMoreMemory() throws Exception {
    FleetRun.Progress quiet = (wave, done, shards) -> {};
    long few = most(FEW, quiet);
    long more = most(NATION, quiet);
    System.out.printf("live: %,d octets, %,d of fewer homes%n", more, few);
    assertThat((double) more / few).isLessThanOrEqualTo(ALLOWED);
    // As if sixteen octets were kept for each of a million homes.
    List<byte[]> kept = new ArrayList<>();
    long planted =
        most(
            FEW,
            (wave, done, shards) -> {
              if (kept.isEmpty()) {
                kept.add(new byte[PLANTED]);
              }
            });
    assertThat(kept).hasSize(1);
    assertThat((double) planted / few).isGreaterThan(ALLOWED);
  }
}
