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

/** The search of {@link ActivationPropertyTest} finds each planted fault and shows it short. */
@AddLifecycleHook(value = MustBeFound.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
class PlantedActivationTest {
  private static final String SEED = "20261128";
  private static final int TRIES = 20_000;

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  private @interface With {
    ActivationFault value();

    boolean byCommand();
  }

  @Provide
  Arbitrary<ActionChain<ActivationWorld>> chains(TypeUsage parameter) {
    With with = parameter.findAnnotation(With.class).orElseThrow(AssertionError::new);
    return ActivationSteps.chains(with.byCommand(), with.value());
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatObeysItsServer(
      @ForAll("chains") @With(value = ActivationFault.OBEYS_ITS_SERVER, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatIgnoresACancel(
      @ForAll("chains") @With(value = ActivationFault.IGNORES_A_CANCEL, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatIgnoresTheHash(
      @ForAll("chains") @With(value = ActivationFault.IGNORES_THE_HASH, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatIgnoresTheSignature(
      @ForAll("chains") @With(value = ActivationFault.IGNORES_THE_SIGNATURE, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatIgnoresTheMac(
      @ForAll("chains") @With(value = ActivationFault.IGNORES_THE_MAC, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatObeysAnotherSupplier(
      @ForAll("chains") @With(value = ActivationFault.OBEYS_ANOTHER_SUPPLIER, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatTakesAReplay(
      @ForAll("chains") @With(value = ActivationFault.TAKES_A_REPLAY, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatIgnoresTheDate(
      @ForAll("chains") @With(value = ActivationFault.IGNORES_THE_DATE, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatForgetsACancelAtARestart(
      @ForAll("chains")
          @With(value = ActivationFault.FORGETS_A_CANCEL_AT_A_RESTART, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatObeysAStranger(
      @ForAll("chains") @With(value = ActivationFault.OBEYS_A_STRANGER, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatObeysForAnotherImage(
      @ForAll("chains") @With(value = ActivationFault.OBEYS_FOR_ANOTHER_IMAGE, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatWaitsForNobody(
      @ForAll("chains") @With(value = ActivationFault.WAITS_FOR_NOBODY, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatHearsNoLaterTime(
      @ForAll("chains") @With(value = ActivationFault.HEARS_NO_LATER_TIME, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatIgnoresAnAbort(
      @ForAll("chains") @With(value = ActivationFault.IGNORES_AN_ABORT, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatRunsEarlySinceItKeepsAClockThatWasSetBack(
      @ForAll("chains")
          @With(value = ActivationFault.KEEPS_A_CLOCK_THAT_WAS_SET_BACK, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatRunsEarlyByAClockInDoubt(
      @ForAll("chains") @With(value = ActivationFault.DOUBTS_NO_CLOCK, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatForgetsItsDoubtAtARestart(
      @ForAll("chains")
          @With(value = ActivationFault.FORGETS_ITS_DOUBT_AT_A_RESTART, byCommand = true)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatRunsWhatIsNotVerified(
      @ForAll("chains") @With(value = ActivationFault.RUNS_UNVERIFIED, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatSwapsAgainAfterARollBack(
      @ForAll("chains")
          @With(value = ActivationFault.SWAPS_AGAIN_AFTER_A_ROLL_BACK, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatKeepsWhatFailedItsTest(
      @ForAll("chains") @With(value = ActivationFault.KEEPS_WHAT_FAILED_ITS_TEST, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aDeviceThatIgnoresItsBattery(
      @ForAll("chains") @With(value = ActivationFault.IGNORES_ITS_BATTERY, byCommand = false)
          ActionChain<ActivationWorld> chain) {
    chain.run();
  }
}
