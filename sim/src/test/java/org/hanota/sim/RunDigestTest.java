// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hanota.sim.kernel.Draws;
import org.hanota.sim.scenario.Nemeses;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.hanota.testing.JavaCommand;
import org.junit.jupiter.api.Test;

/** One scenario has one digest, and what would spoil that shows. */
class RunDigestTest {
  private static String digest(Scenario scenario) {
    RunDigest digest = new RunDigest((virtualNanos, device, event) -> {});
    assertThat(Home.run(scenario, digest).succeeded()).isTrue();
    return digest.hex();
  }

  private static Scenario scenario() {
    return HomeTest.builder(15, 0.05)
        .headEnd(Scripts::dated)
        .powerCuts(List.of(new Nemeses.PowerCut(30, 5_000_000_000L)))
        .build();
  }

  private static Scenario scenario(List<ScenarioDevice> devices) {
    return HomeTest.builder(15, 0).devices(devices).build();
  }

  /** What the other process runs. */
  public static void main(String[] args) {
    System.out.print(digest(scenario()));
  }

  @Test
  void twoProcessesComeToTheSameDigest() throws IOException, InterruptedException {
    Process other =
        JavaCommand.of(List.of(), RunDigestTest.class, List.of()).redirectErrorStream(true).start();
    String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(printed).isEqualTo(digest(scenario()));
  }

  @Test
  void anotherSeedHasAnotherDigest() {
    assertThat(digest(HomeTest.scenario(15, 0.05)))
        .isNotEqualTo(digest(HomeTest.scenario(16, 0.05)));
  }

  /** The order of a map whose keys have hash codes of their identity is another in each run. */
  @Test
  void theOrderOfAHashMapInTheWayToARunIsSeen() {
    Scenario scenario = HomeTest.scenario(15, 0);
    String right = digest(scenario);
    boolean seen = false;
    for (int run = 0; run < 20 && !seen; run++) {
      Map<Object, ScenarioDevice> slipped = new HashMap<>();
      scenario.world().devices().forEach(device -> slipped.put(new Object(), device));
      List<ScenarioDevice> devices = new ArrayList<>(slipped.values());
      seen = !digest(scenario(devices)).equals(right);
    }
    assertThat(seen).as("a digest that differs in one of 20 runs").isTrue();
  }

  private static Draws.Recorded drawn(Scenario scenario) {
    Draws.Recorded drawn = new Draws.Recorded();
    run(scenario, drawn);
    return drawn;
  }

  private static void run(Scenario scenario, Draws draws) {
    Home.run(
        scenario,
        new FaultyHomeTest.Silent(),
        new Fittings() {
          @Override
          public Optional<Draws> draws() {
            return Optional.of(draws);
          }
        });
  }

  @Test
  void twoRunsOfAScenarioDrawTheSameForTheSamePurposes() {
    Draws.Recorded drawn = drawn(scenario());
    assertThat(drawn.lines()).hasSizeGreaterThan(10_000);
    assertThat(drawn.lines())
        .anyMatch(line -> line.endsWith(" air"))
        .anyMatch(line -> line.endsWith(" machine of node 1"))
        .anyMatch(line -> line.contains(" machine of node 2 after 1 restart"));
    Draws.Compared compared = new Draws.Compared(drawn.lines().iterator());
    run(scenario(), compared);
    compared.end();
  }

  /** The same slip as above: the first draw that it moves to another purpose is named. */
  @Test
  void theFirstDrawThatDiffersIsNamed() {
    Scenario scenario = HomeTest.scenario(15, 0);
    List<String> right = drawn(scenario).lines();
    List<ScenarioDevice> devices = new ArrayList<>(scenario.world().devices());
    Collections.reverse(devices);
    Scenario slipped = scenario(devices);
    assertThatThrownBy(() -> run(slipped, new Draws.Compared(right.iterator())))
        .isInstanceOf(Draws.DrawsDiffer.class)
        .hasMessageMatching("draw \\d+ is [0-9a-f]{16} .*, in the other run it is [0-9a-f]{16} .*");
    Draws.Compared shorter = new Draws.Compared(right.iterator());
    assertThatThrownBy(shorter::end).hasMessageContaining("draw 1 is the end");
  }
}
