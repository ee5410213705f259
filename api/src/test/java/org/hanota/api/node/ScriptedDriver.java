// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.testing.InProcessNetwork;
import org.hanota.testing.VirtualClock;
import org.jspecify.annotations.Nullable;

/** A driver whose machine does what a test says, with a clock of its own. */
abstract class ScriptedDriver {
  static final Peer SELF = new Peer(new Eui64(1), 1);
  static final Peer OTHER = new Peer(new Eui64(2), 1);
  static final ImageId IMAGE = ImageId.of(1, 2, 3);

  /** What the test wants the machine to do. */
  record Do(BiConsumer<Now, Effects> what) implements Input {}

  record Done(String job) implements Input {}

  record Said(String what) implements Event {}

  final VirtualClock clock = new VirtualClock();
  final List<String> log = new ArrayList<>();
  final List<String> air = new ArrayList<>();
  private int made;

  /** Where jobs run: at once, unless a test wants otherwise. */
  Executor jobExecutor = Runnable::run;

  /** What the making of a machine throws next. */
  @Nullable RuntimeException notMade;

  final class Scripted implements Machine {
    private final int number = ++made;

    private void note(Now now, String what) {
      log.add(number + " " + what + " at " + now.monotonicNanos() / 1_000_000);
    }

    @Override
    public void onStart(Now now, Effects effects) {
      note(now, "start");
    }

    @Override
    public void onReceive(Now now, Received received, Effects effects) {
      note(now, "received");
    }

    @Override
    public void onSent(Now now, long sendId, SendResult result, Effects effects) {
      note(now, result.toString());
    }

    @Override
    public void onInput(Now now, Input input, Effects effects) {
      if (input instanceof Do todo) {
        todo.what().accept(now, effects);
      } else if (input instanceof Done done) {
        note(now, done.job());
      }
    }

    @Override
    public void onTimer(Now now, Effects effects) {
      note(now, "timer");
    }

    @Override
    public void describe(StateWriter out) {}
  }

  final InProcessNetwork network =
      new InProcessNetwork(clock, 1_000_000, 82, frame -> air.add(frame.zcl().toHex()));
  final Driver driver =
      Driver.builder(
              new NodeConfig(SELF, Clusters.PROFILE_SMART_ENERGY, true, false),
              this::make,
              network.attach(SELF, Set.of()),
              clock,
              clock)
          .listener((now, event) -> log.add(event.toString()))
          .timing(
              new NodeTiming(job -> job.octets() * 1_000_000, 5_000_000L, 10_000_000L, 40_000_000L))
          .jobs(work -> jobExecutor.execute(work))
          .build();

  Machine make() {
    RuntimeException fault = notMade;
    notMade = null;
    if (fault != null) {
      throw fault;
    }
    return new Scripted();
  }

  void fails(String why) {
    does(
        (now, effects) -> {
          notifyOther(effects);
          effects.wakeAt(now.plusMillis(1));
          effects.report(new Said("sent before it was stored"));
          throw new UncheckedIOException(new IOException(why));
        });
  }

  static String failed(String why, int inARow, int restartMillis) {
    return new NodeEvent.Failed(
            new UncheckedIOException(new IOException(why)), inARow, restartMillis * 1_000_000L)
        .toString();
  }

  void does(BiConsumer<Now, Effects> what) {
    driver.input(new Do(what));
  }

  static void notifyOther(Effects effects) {
    effects.send(OTHER, ImageNotify.of(IMAGE), SendOptions.ACKNOWLEDGED);
  }
}
