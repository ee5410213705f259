// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One scenario has one digest, and what would spoil that shows. */
class RunDigestTest {
  private static final HomeScenario.HeadEnd HEAD_END = HomeScenario.HeadEnd.STAND_IN_DATED;

  private static String digest(HomeScenario scenario) {
    RunDigest digest = new RunDigest((virtualNanos, device, event) -> {});
    assertThat(Home.run(scenario, digest).succeeded()).isTrue();
    return digest.hex();
  }

  private static HomeScenario scenario() {
    return HomeTest.scenario(15, 0.05)
        .withHeadEnd(HEAD_END)
        .withPowerCuts(List.of(new HomeScenario.PowerCut(30, 5_000_000_000L)));
  }

  /** What the other process runs. */
  public static void main(String[] args) {
    System.out.print(digest(scenario()));
  }

  @Test
  void twoProcessesComeToTheSameDigest() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                KillTest.classPath(),
                RunDigestTest.class.getName())
            .redirectErrorStream(true)
            .start();
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
    HomeScenario scenario = HomeTest.scenario(15, 0);
    String right = digest(scenario);
    boolean seen = false;
    for (int run = 0; run < 20 && !seen; run++) {
      Map<Object, HomeScenario.Plan> slipped = new HashMap<>();
      scenario.devices().forEach(plan -> slipped.put(new Object(), plan));
      List<HomeScenario.Plan> plans = new ArrayList<>(slipped.values());
      seen = !digest(HomeScenario.of(scenario.seed(), plans, 0)).equals(right);
    }
    assertThat(seen).as("a digest that differs in one of 20 runs").isTrue();
  }
}
