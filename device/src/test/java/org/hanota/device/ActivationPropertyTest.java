// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.ActionChain;

/**
 * Whatever happens in whatever order: nothing runs that the model does not allow, and when all is
 * well again the next image runs.
 */
class ActivationPropertyTest {
  private static final String SEED = "20261128";
  private static final int SOAK_SHORT = 10_000;
  private static int soaked;

  @Provide
  Arbitrary<ActionChain<ActivationWorld>> byCommand() {
    return ActivationSteps.chains(true, ActivationFault.NONE);
  }

  @Provide
  Arbitrary<ActionChain<ActivationWorld>> byServer() {
    return ActivationSteps.chains(false, ActivationFault.NONE);
  }

  @Property(seed = SEED, tries = 5_000, shrinking = ShrinkingMode.FULL)
  void aDeviceRunsOnlyWhatACommandAllows(@ForAll("byCommand") ActionChain<ActivationWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = 15_000, shrinking = ShrinkingMode.FULL)
  void aDeviceRunsOnlyWhatItsServerAllows(@ForAll("byServer") ActionChain<ActivationWorld> chain) {
    chain.run().ends();
  }

  @Tag("soak")
  @Property(seed = "1", tries = 1_000_000, shrinking = ShrinkingMode.FULL)
  void aMillionSequencesHold(
      @ForAll("byCommand") ActionChain<ActivationWorld> command,
      @ForAll("byServer") ActionChain<ActivationWorld> server) {
    if (soaked++ < SOAK_SHORT || !"short".equals(System.getProperty("hanota.soak"))) {
      (soaked % 4 == 0 ? command : server).run().ends();
    }
  }

  @AfterContainer
  static void everythingWasReached() {
    System.out.println("activation: " + WatchedDevice.REACHED);
    assertThat(WatchedDevice.REACHED)
        .containsKeys(
            "commands taken",
            "power cuts",
            "roll backs",
            "swaps because a command names it",
            "swaps because the server is silent",
            "swaps because the server's time has come");
  }
}
