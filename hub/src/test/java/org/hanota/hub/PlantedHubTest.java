// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.hanota.api.control.UpgradeTime;
import org.hanota.testing.PlantedFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a device and an operator do in any order shows each planted fault of a hub, and shortly. */
class PlantedHubTest {
  private static final int TRIES = 2_000;
  private static final int LONGEST = 12;

  private static Arbitrary<ActionChain<HubWorld>> chains(HubWorld.Fault fault) {
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

  @Provide
  Arbitrary<ActionChain<HubWorld>> withoutAFault() {
    return chains(HubWorld.Fault.NONE);
  }

  @Property(seed = "20261128", tries = TRIES, shrinking = ShrinkingMode.FULL)
  void aHubWithoutAFaultSendsWhatItMay(@ForAll("withoutAFault") ActionChain<HubWorld> chain) {
    chain.run();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void eachFaultIsFound(HubWorld.Fault fault) {
    PlantedFault.mustBeFound(fault.name(), chains(fault), ActionChain::run);
  }
}
