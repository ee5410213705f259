// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import org.hanota.api.ImageId;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.device.FailingStorage.Moment;
import org.hanota.device.Order.Defect;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;

/** The things that may happen to a device that activates images, drawn in any order. */
final class ActivationSteps {
  private static final long HOUR_MS = 3_600_000;
  private static final long DAY_MS = 24 * HOUR_MS;
  private static final long DECADE_MS = 3_652 * DAY_MS;
  private static final int LONGEST = 14;

  private ActivationSteps() {}

  static ActionChainArbitrary<ActivationWorld> chains(boolean byCommand, ActivationFault fault) {
    Supplier<ActivationWorld> world = () -> new ActivationWorld(byCommand, fault);
    ActionChainArbitrary<ActivationWorld> chains =
        ActionChain.<ActivationWorld>startWith(world)
            .withMaxTransformations(LONGEST)
            .withAction(
                5,
                step(
                    "load",
                    List.of("a sound file", "a damaged file", "a sound file, no answer"),
                    (w, file) ->
                        w.load(!file.equals("a damaged file"), 1, !file.contains("no answer"))))
            .withAction(
                1, step("load", List.of("a still later file"), (w, any) -> w.load(true, 2, true)))
            .withAction(
                4,
                step(
                    "pass",
                    List.of(1_000L, 61_000L, HOUR_MS, DAY_MS, 3 * DAY_MS),
                    (w, millis) -> w.device.pass(millis)))
            .withAction(2, step("clock", List.of(Clock.values()), (w, c) -> c.set(w)))
            .withAction(1, step("restart", List.of(""), (w, any) -> w.device.start()))
            .withAction(
                2,
                step(
                    "cut before operation",
                    List.of(0, 1, 2, 3),
                    (w, n) -> w.device.cut(n, Moment.BEFORE)))
            .withAction(
                2,
                step(
                    "cut after operation",
                    List.of(0, 1, 2, 3),
                    (w, n) -> w.device.cut(n, Moment.AFTER)))
            .withAction(
                1,
                step(
                    "self-test passes",
                    List.of(true, false),
                    (w, passes) -> w.device.selfTest(passes)))
            .withAction(
                1, step("battery is enough", List.of(true, false), (w, is) -> w.device.battery(is)))
            .withAction(1, step("abort", List.of(""), (w, any) -> w.abort()))
            .withAction(2, step("work", List.of(""), (w, any) -> w.device.work()))
            .withAction(
                byCommand ? 1 : 6,
                step("respond", List.of(Response.values()), (w, r) -> r.send(w)));
    return byCommand
        ? chains
            .withAction(
                6, step("command", List.of(When.values()), (w, t) -> t.send(w, Defect.NONE)))
            .withAction(
                2, step("wrong command", List.of(Defect.values()), (w, d) -> When.NOW.send(w, d)))
            .withAction(2, step("replay", List.of(""), (w, any) -> w.replay()))
        : chains;
  }

  private static <T> Action<ActivationWorld> step(
      String name, List<T> choices, BiConsumer<ActivationWorld, T> what) {
    Arbitrary<Transformer<ActivationWorld>> transformers =
        Arbitraries.of(choices)
            .map(choice -> Transformer.mutate(name + " " + choice, w -> what.accept(w, choice)));
    return new Action.Independent<>() {
      @Override
      public Arbitrary<Transformer<ActivationWorld>> transformer() {
        return transformers;
      }
    };
  }

  /** When a command says. */
  enum When {
    NOW,
    IN_AN_HOUR,
    IN_A_DAY,
    CANCEL;

    void send(ActivationWorld world, Defect defect) {
      world.command(
          defect,
          switch (this) {
            case NOW -> new Activation.Now();
            case IN_AN_HOUR -> at(world.device.utcMillis() + HOUR_MS);
            case IN_A_DAY -> at(world.device.utcMillis() + DAY_MS);
            case CANCEL -> new Activation.Cancel();
          });
    }

    private static Activation at(long utcMillis) {
      return new Activation.At(GeneralizedTime.ofUtcMillis(utcMillis));
    }
  }

  /** How the device's clock stands. */
  enum Clock {
    RIGHT,
    UNSET,
    A_DAY_SLOW,
    TWO_DAYS_FAST,
    DECADES_FAST;

    void set(ActivationWorld world) {
      switch (this) {
        case RIGHT -> world.device.clock(true, 0);
        case UNSET -> world.device.clock(false, 0);
        case A_DAY_SLOW -> world.device.clock(true, -DAY_MS);
        case TWO_DAYS_FAST -> world.device.clock(true, 2 * DAY_MS);
        case DECADES_FAST -> world.device.clock(true, 2 * DECADE_MS);
      }
    }
  }

  /** What an Upgrade End Response says, and who says it. */
  enum Response {
    AT_ONCE,
    IN_A_MINUTE,
    IN_A_DAY,
    WAIT,
    AT_ONCE_BY_TWO_TIMES,
    IN_A_MINUTE_BY_TWO_TIMES,
    BACKWARDS,
    IN_A_MINUTE_BY_THE_CLOCK,
    A_MINUTE_AGO_BY_THE_CLOCK,
    IN_AN_HOUR_BY_BOTH_CLOCKS,
    WAIT_BY_THE_CLOCK,
    AT_ONCE_FOR_ANOTHER_IMAGE,
    AT_ONCE_FROM_A_STRANGER;

    private static final ImageId OTHER = ImageId.of(0x121D, 0x0099, 0x0101_0000L);

    void send(ActivationWorld world) {
      ZigBeeTime utc = ZigBeeTime.ofUtcMillis(world.device.utcMillis());
      ImageId any = ImageId.WILD_CARD;
      ZigBeeTime none = ZigBeeTime.INVALID;
      world.respond(
          switch (this) {
            case AT_ONCE, AT_ONCE_FROM_A_STRANGER -> response(any, 0, 0);
            case IN_A_MINUTE -> response(any, 0, 60);
            case IN_A_DAY -> response(any, 0, 86_400);
            case WAIT -> new UpgradeEndResponse(any, ZigBeeTime.ZERO, none);
            case AT_ONCE_BY_TWO_TIMES -> response(any, 1_000, 1_000);
            case IN_A_MINUTE_BY_TWO_TIMES -> response(any, 1_000, 1_060);
            case BACKWARDS -> response(any, 100, 99);
            case IN_A_MINUTE_BY_THE_CLOCK ->
                new UpgradeEndResponse(any, none, new ZigBeeTime(utc.seconds() + 60));
            case A_MINUTE_AGO_BY_THE_CLOCK ->
                new UpgradeEndResponse(any, none, new ZigBeeTime(utc.seconds() - 60));
            case IN_AN_HOUR_BY_BOTH_CLOCKS ->
                new UpgradeEndResponse(any, utc, new ZigBeeTime(utc.seconds() + 3_600));
            case WAIT_BY_THE_CLOCK -> new UpgradeEndResponse(any, utc, none);
            case AT_ONCE_FOR_ANOTHER_IMAGE -> response(OTHER, 0, 0);
          },
          this == AT_ONCE_FROM_A_STRANGER);
    }

    private static UpgradeEndResponse response(ImageId image, long current, long upgrade) {
      return new UpgradeEndResponse(image, new ZigBeeTime(current), new ZigBeeTime(upgrade));
    }
  }
}
