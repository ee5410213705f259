// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.providers.TypeUsage;
import net.jqwik.api.state.ActionChain;
import org.hanota.api.zcl.ZclStatus;

/**
 * Whatever a server, a link and the mains do: the slot holds what came, the device asks for what it
 * lacks, and when all is well again the image comes whole.
 */
class ReassemblyPropertyTest {
  private static final String SEED = "20261128";
  private static final int TRIES = 2_000;
  private static final int SOAK_SHORT = 10_000;
  private static int soaked;

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  private @interface As {
    ReassemblySetup value();
  }

  @Provide
  Arbitrary<ActionChain<ReassemblyWorld>> chains(TypeUsage parameter) {
    ReassemblySetup setup =
        parameter.findAnnotation(As.class).orElseThrow(AssertionError::new).value();
    return ReassemblySteps.chains(setup, ReassemblyFault.NONE);
  }

  @Provide
  Arbitrary<ActionChain<ReassemblyWorld>> all() {
    return Arbitraries.of(ReassemblySetup.values())
        .flatMap(setup -> ReassemblySteps.chains(setup, ReassemblyFault.NONE));
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void blockByBlock(
      @ForAll("chains") @As(ReassemblySetup.BLOCKS) ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void pageByPage(@ForAll("chains") @As(ReassemblySetup.PAGES) ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void blockByBlockToFlash(
      @ForAll("chains") @As(ReassemblySetup.BLOCKS_TO_FLASH) ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void pageByPageToFlash(
      @ForAll("chains") @As(ReassemblySetup.PAGES_TO_FLASH) ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void inSeveralFiles(
      @ForAll("chains") @As(ReassemblySetup.PARTS) ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void inSeveralFilesToFlash(
      @ForAll("chains") @As(ReassemblySetup.PARTS_TO_FLASH) ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  /** Found by the long run: the gap that was asked for is smaller than what may come after it. */
  @Example
  void aBlockLongerThanWasAskedForIsDropped() {
    ReassemblyWorld world = new ReassemblyWorld(ReassemblySetup.PAGES, ReassemblyFault.NONE);
    world.serve(1);
    world.wrong(ReassemblyServer.Wrong.SHORT);
    world.serve(1);
    world.lose(2);
    world.waitForData(0, 60, 0);
    world.serve(1);
    world.wrong(ReassemblyServer.Wrong.AHEAD);
    world.ends();
  }

  /** Found by the long run: a device that rests has asked for nothing that wait could answer. */
  @Example
  void aWaitThatAnswersNothingLeavesThePageOpen() {
    ReassemblyWorld world = new ReassemblyWorld(ReassemblySetup.PAGES, ReassemblyFault.NONE);
    world.serve(1);
    world.refuse(ZclStatus.NO_IMAGE_AVAILABLE);
    world.waitForData(100, 99, -1);
    world.wrong(ReassemblyServer.Wrong.SHORT);
    world.ends();
  }

  @Tag("soak")
  @Property(seed = "1", tries = 1_000_000, shrinking = ShrinkingMode.FULL)
  void aMillionSequencesHold(@ForAll("all") ActionChain<ReassemblyWorld> chain) {
    if (soaked++ < SOAK_SHORT || !"short".equals(System.getProperty("hanota.soak"))) {
      ReassemblyWorld world = chain.run();
      try {
        world.ends();
      } catch (AssertionError fault) {
        throw new AssertionError(
            "after " + chain.transformations() + ", at the end: " + fault.getMessage(), fault);
      }
    }
  }

  @AfterContainer
  static void everythingWasReached() {
    System.out.println("reassembly: " + ReassemblyWorld.REACHED);
    assertThat(ReassemblyWorld.REACHED).containsKeys("power cuts", "whole images");
  }
}
