// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioReader;
import org.hanota.sim.scenario.ScenarioWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenarios drawn from seeds: which faults there are, and then how many. */
class SwarmTest {
  private static final int SEEDS = Integer.getInteger("hanota.swarm", 200);

  private static final int SOAK = 100_000;
  private static final int SOAK_SHORT = 400;

  /** Behind those of the fast test. */
  private static final int SOAK_FIRST = 1_000;

  @Test
  void inEachScenarioOfASwarmTheInvariantsHoldAndEveryUpdateEnds() {
    holds(1, SEEDS);
  }

  @Test
  @Tag("soak")
  void aHundredThousandScenariosHold() {
    if ("short".equals(System.getProperty("hanota.soak"))) {
      holds(SOAK_FIRST, SOAK_SHORT);
    } else {
      holds(SOAK_FIRST, SOAK);
    }
  }

  private static void holds(long first, int count) {
    Map<Nemesis, Long> fired = new EnumMap<>(Nemesis.class);
    Map<String, Long> sometimes = new TreeMap<>();
    int unfinished = 0;
    int failed = 0;
    // Homes know nothing of each other, so they run side by side.
    List<SwarmSeed> seeds =
        LongStream.range(first, first + count)
            .parallel()
            .mapToObj(seed -> SwarmSeed.run(seed, Fittings.IN_MEMORY))
            .toList();
    for (SwarmSeed ran : seeds) {
      assertThat(ran.violation()).isEmpty();
      ran.fired().forEach((nemesis, times) -> fired.merge(nemesis, times, Long::sum));
      ran.sometimes().forEach((what, times) -> sometimes.merge(what, times, Long::sum));
      unfinished += ran.unfinished();
      failed += ran.failed();
    }
    System.out.println(
        "swarm of "
            + count
            + " seeds: "
            + fired
            + ", "
            + sometimes
            + ", "
            + failed
            + " failed with a reason, "
            + unfinished
            + " ended after the nemeses");
    assertThat(fired.keySet()).containsExactlyInAnyOrder(Nemesis.values());
    assertThat(sometimes).hasSize(10);
    assertThat(sometimes.values()).allMatch(times -> times > 0);
    assertThat(failed).isPositive();
    assertThat(unfinished).isPositive();
  }

  @Test
  void theScenarioOfASeedIsItselfAgainFromItsYaml() {
    for (long seed = 1; seed <= 200; seed++) {
      Scenario scenario = Swarm.scenario(seed);
      assertThat(ScenarioReader.read(ScenarioWriter.write(scenario))).isEqualTo(scenario);
      assertThat(Swarm.scenario(seed)).isEqualTo(scenario);
    }
  }
}
