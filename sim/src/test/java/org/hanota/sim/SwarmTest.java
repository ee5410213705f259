// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.transport.FaultCounts;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioReader;
import org.hanota.sim.scenario.ScenarioWriter;
import org.junit.jupiter.api.Test;

/** Scenarios drawn from seeds: which faults there are, and then how many. */
class SwarmTest {
  private static final int SEEDS = Integer.getInteger("hanota.swarm", 60);

  private final Map<String, Long> fired = new TreeMap<>();

  private void fired(String fault, long times) {
    fired.merge(fault, times, Long::sum);
  }

  @Test
  void inEachScenarioOfASwarmTheInvariantsHoldAndEveryDeviceEndsWithItsImage() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Scenario scenario = Swarm.scenario(seed);
      HomeReport report;
      try {
        report = Home.run(scenario, new FaultyHomeTest.Silent());
      } catch (AssertionError | RuntimeException fault) {
        throw new AssertionError("hanota simulate --swarm-seed " + seed + ": " + fault, fault);
      }
      assertThat(report.succeeded())
          .as("hanota simulate --swarm-seed " + seed + ": " + report)
          .isTrue();
      FaultCounts faults = report.faults();
      fired("dropped", faults.dropped());
      fired("acknowledgements dropped", faults.acknowledgementsDropped());
      fired("repeated", faults.repeated());
      fired("reordered", faults.reordered());
      fired("corrupted", faults.corrupted());
      fired("delayed", faults.delayed());
      fired("device restarts", report.devices().stream().mapToLong(DeviceReport::restarts).sum());
      fired("hub restarts", scenario.nemeses().hubRestarts().size());
    }
    System.out.println("swarm of " + SEEDS + " seeds: " + fired);
    assertThat(fired.values()).allMatch(times -> times > 0);
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
