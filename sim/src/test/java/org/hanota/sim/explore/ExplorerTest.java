// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way that a small update can take, within the bounds that each test names. */
class ExplorerTest {
  private static final int STATES_MAX = 10_000_000;

  private static Exploration explore(Models model, int faults) {
    long start = System.nanoTime();
    Exploration found = Explorer.explore(model.model(), new Bounds(faults, STATES_MAX));
    System.out.printf(
        "explorer: %s, up to %d faults: %d states by faults %s, %d steps, depth %d, %.1f s%n",
        model,
        faults,
        found.states(),
        found.statesByFaults(),
        found.steps(),
        found.depth(),
        (System.nanoTime() - start) / 1e9);
    return found;
  }

  private static void holds(Exploration found) {
    assertThat(found.violation()).as("%s", found.way()).isEmpty();
    assertThat(found.frontier()).isZero();
    assertThat(found.isComplete()).isTrue();
    assertThat(found.ended()).isPositive();
    assertThat(found.compared()).as("second ways that were tried").isPositive();
  }

  @Test
  void aSmallUpdateHoldsWithOneFault() {
    holds(explore(Models.BLOCK, 1));
  }

  @Test
  void aDatedActivationACancelAndASecondOfferHoldInEveryOrder() {
    holds(explore(Models.ACTIVATION, 0));
  }

  @Test
  void anImageInTwoFilesHoldsWithOneFault() {
    holds(explore(Models.PARTS, 1));
  }

  @Test
  void twoExplorationsFindTheSame() {
    Exploration first = explore(Models.BLOCK, 1);
    Exploration second = explore(Models.BLOCK, 1);
    assertThat(second.states()).isEqualTo(first.states());
    assertThat(second.steps()).isEqualTo(first.steps());
    assertThat(second.statesByFaults()).isEqualTo(first.statesByFaults());
    assertThat(second.hubStates()).isEqualTo(first.hubStates());
    assertThat(second.deviceStates()).isEqualTo(first.deviceStates());
  }

  @Test
  void anExplorationThatStopsAtItsLimitIsNotComplete() {
    Exploration found = Explorer.explore(Models.BLOCK.model(), new Bounds(1, 100));
    assertThat(found.violation()).isEmpty();
    assertThat(found.frontier()).isPositive();
    assertThat(found.isComplete()).isFalse();
  }

  @Test
  @Tag("soak")
  void aDatedActivationHoldsWithOneFault() {
    holds(explore(Models.ACTIVATION, 1));
  }

  @Test
  @Tag("soak")
  void aSmallUpdateHoldsWithTwoFaults() {
    holds(explore(Models.BLOCK, 2));
  }
}
