// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.List;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.FailingStorage.Moment;

/** The things that may happen to a download, drawn in any order. */
final class ReassemblySteps {
  private static final int LONGEST = 24;

  private ReassemblySteps() {}

  static ActionChainArbitrary<ReassemblyWorld> chains(
      ReassemblySetup setup, ReassemblyFault fault) {
    return ActionChain.<ReassemblyWorld>startWith(() -> new ReassemblyWorld(setup, fault))
        .withMaxTransformations(LONGEST)
        .withAction(8, step("serve", List.of(1, 2, 5, 11, 40), ReassemblyWorld::serve))
        .withAction(
            4, step("wrong", List.of(ReassemblyServer.Wrong.values()), ReassemblyWorld::wrong))
        .withAction(2, step("repeat", List.of(""), (w, any) -> w.repeat()))
        .withAction(3, step("hold", List.of(""), (w, any) -> w.hold()))
        .withAction(2, step("arrive, lost", List.of(0, 2, 3), ReassemblyWorld::arrive))
        .withAction(3, step("lose", List.of(1, 2, 12), ReassemblyWorld::lose))
        .withAction(2, step("wait", List.of(Waiting.values()), (w, form) -> form.send(w)))
        .withAction(
            1,
            step(
                "refuse",
                List.of(
                    ZclStatus.ABORT, ZclStatus.UNSUP_CLUSTER_COMMAND, ZclStatus.NO_IMAGE_AVAILABLE),
                ReassemblyWorld::refuse))
        .withAction(1, step("replace the file", List.of(""), (w, any) -> w.replace()))
        .withAction(1, step("query", List.of(""), (w, any) -> w.query()))
        .withAction(1, step("block size", List.of(1, 7, 16, 255), ReassemblyWorld::blockSize))
        .withAction(2, step("restart", List.of(""), (w, any) -> w.restart()))
        .withAction(2, step("cut before", List.of(0, 1, 4), (w, n) -> w.cut(n, Moment.BEFORE)))
        .withAction(
            3, step("cut within", List.of(0, 1, 2, 4, 7), (w, n) -> w.cut(n, Moment.WITHIN)))
        .withAction(2, step("cut after", List.of(0, 1, 4), (w, n) -> w.cut(n, Moment.AFTER)));
  }

  private static <T> Action<ReassemblyWorld> step(
      String name, List<T> choices, BiConsumer<ReassemblyWorld, T> what) {
    Arbitrary<Transformer<ReassemblyWorld>> transformers =
        Arbitraries.of(choices)
            .map(choice -> Transformer.mutate(name + " " + choice, w -> what.accept(w, choice)));
    return new Action.Independent<>() {
      @Override
      public Arbitrary<Transformer<ReassemblyWorld>> transformer() {
        return transformers;
      }
    };
  }

  /** What WAIT_FOR_DATA says. */
  enum Waiting {
    A_PERIOD(0, 0, 300),
    NO_PERIOD(0, 0, 0),
    A_MINUTE(0, 60, 0),
    A_MINUTE_OF_TWO_TIMES(1_000, 1_060, -1),
    BACKWARDS(100, 99, -1);

    private final int current;
    private final int request;
    private final int period;

    Waiting(int current, int request, int period) {
      this.current = current;
      this.request = request;
      this.period = period;
    }

    void send(ReassemblyWorld world) {
      world.waitForData(current, request, period);
    }
  }
}
