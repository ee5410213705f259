// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.providers.TypeUsage;
import net.jqwik.api.state.ActionChain;
import org.hanota.testing.MustBeFound;

/** The search of {@link ReassemblyPropertyTest} finds each planted fault and shows it short. */
@AddLifecycleHook(value = MustBeFound.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class PlantedReassemblyTest {
  private static final String SEED = "20261128";
  private static final int TRIES = 20_000;

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  private @interface With {
    ReassemblyFault value();

    ReassemblySetup as() default ReassemblySetup.BLOCKS;
  }

  @Provide
  Arbitrary<ActionChain<ReassemblyWorld>> chains(TypeUsage parameter) {
    With with = parameter.findAnnotation(With.class).orElseThrow(AssertionError::new);
    return ReassemblySteps.chains(with.as(), with.value());
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatTakesBlocksOfAnotherVersion(
      @ForAll("chains") @With(ReassemblyFault.TAKES_BLOCKS_OF_ANOTHER_VERSION)
          ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatIgnoresTheOffsetOfABlock(
      @ForAll("chains") @With(ReassemblyFault.IGNORES_THE_OFFSET_OF_A_BLOCK)
          ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatFillsUpShortBlocks(
      @ForAll("chains") @With(ReassemblyFault.FILLS_UP_SHORT_BLOCKS)
          ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatLosesAWrite(
      @ForAll("chains") @With(ReassemblyFault.LOSES_A_WRITE) ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatKeepsAPositionThatHasNotCome(
      @ForAll("chains") @With(ReassemblyFault.KEEPS_A_POSITION_THAT_HAS_NOT_COME)
          ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatSplicesTwoFiles(
      @ForAll("chains") @With(ReassemblyFault.SPLICES_TWO_FILES)
          ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatForgetsToErase(
      @ForAll("chains")
          @With(value = ReassemblyFault.FORGETS_TO_ERASE, as = ReassemblySetup.BLOCKS_TO_FLASH)
          ActionChain<ReassemblyWorld> chain) {
    chain.run().ends();
  }
}
