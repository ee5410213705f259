// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.providers.TypeUsage;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.hanota.api.control.UpgradeTime;
import org.hanota.testing.MustBeFound;

/** What a device and an operator do in any order shows each planted fault of a hub, and shortly. */
class PlantedHubTest {
  private static final String SEED = "20261128";
  private static final int TRIES = 2_000;
  private static final int LONGEST = 12;

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  private @interface With {
    HubWorld.Fault value();
  }

  @Provide
  Arbitrary<ActionChain<HubWorld>> chains(TypeUsage parameter) {
    HubWorld.Fault fault =
        parameter.findAnnotation(With.class).orElseThrow(AssertionError::new).value();
    return ActionChain.<HubWorld>startWith(() -> new HubWorld(fault))
        .withMaxTransformations(LONGEST)
        .withAction(
            2,
            step(
                "offer",
                List.<UpgradeTime>of(new UpgradeTime.Now(), new UpgradeTime.Held()),
                HubWorld::offer))
        .withAction(1, step("abort", List.of(""), (w, any) -> w.abort()))
        .withAction(1, step("restart", List.of(""), (w, any) -> w.restart()))
        .withAction(1, step("pass", List.of(10L, 5_000L), HubWorld::pass))
        .withAction(3, step("query", List.of(""), (w, any) -> w.query()))
        .withAction(3, step("block at", List.of(0, 48, 1_000), (w, at) -> w.block(at, 48)))
        .withAction(2, step("end", List.of(""), (w, any) -> w.end()));
  }

  private static <T> Action<HubWorld> step(
      String name, List<T> choices, BiConsumer<HubWorld, T> what) {
    Arbitrary<Transformer<HubWorld>> transformers =
        Arbitraries.of(choices)
            .map(choice -> Transformer.mutate(name + " " + choice, w -> what.accept(w, choice)));
    return new Action.Independent<>() {
      @Override
      public Arbitrary<Transformer<HubWorld>> transformer() {
        return transformers;
      }
    };
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubWithoutAFaultSendsWhatItMay(
      @ForAll("chains") @With(HubWorld.Fault.NONE) ActionChain<HubWorld> chain) {
    chain.run();
  }

  @AddLifecycleHook(MustBeFound.class)
  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubThatServesOtherOctets(
      @ForAll("chains") @With(HubWorld.Fault.SERVES_OTHER_OCTETS) ActionChain<HubWorld> chain) {
    chain.run();
  }

  @AddLifecycleHook(MustBeFound.class)
  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubThatServesMoreThanWasAskedFor(
      @ForAll("chains") @With(HubWorld.Fault.SERVES_MORE_THAN_WAS_ASKED_FOR)
          ActionChain<HubWorld> chain) {
    chain.run();
  }

  @AddLifecycleHook(MustBeFound.class)
  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubThatServesAnotherOffset(
      @ForAll("chains") @With(HubWorld.Fault.SERVES_ANOTHER_OFFSET) ActionChain<HubWorld> chain) {
    chain.run();
  }

  @AddLifecycleHook(MustBeFound.class)
  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubThatOffersAnotherVersion(
      @ForAll("chains") @With(HubWorld.Fault.OFFERS_ANOTHER_VERSION) ActionChain<HubWorld> chain) {
    chain.run();
  }

  @AddLifecycleHook(MustBeFound.class)
  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubThatOffersAnotherSize(
      @ForAll("chains") @With(HubWorld.Fault.OFFERS_ANOTHER_SIZE) ActionChain<HubWorld> chain) {
    chain.run();
  }

  @AddLifecycleHook(MustBeFound.class)
  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubThatRunsWhatIsHeld(
      @ForAll("chains") @With(HubWorld.Fault.RUNS_WHAT_IS_HELD) ActionChain<HubWorld> chain) {
    chain.run();
  }

  @AddLifecycleHook(MustBeFound.class)
  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubThatIgnoresAnAbort(
      @ForAll("chains") @With(HubWorld.Fault.IGNORES_AN_ABORT) ActionChain<HubWorld> chain) {
    chain.run();
  }

  @AddLifecycleHook(MustBeFound.class)
  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubThatForgetsAtARestart(
      @ForAll("chains") @With(HubWorld.Fault.FORGETS_AT_A_RESTART) ActionChain<HubWorld> chain) {
    chain.run();
  }
}
