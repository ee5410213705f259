// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.store.InMemoryRecordStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines of one process in virtual time, one of which fails on what it hears. */
class MachinesTest {
  private static final Eui64 ID = Eui64.parse("90B3D51F30000002");
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private record Task(long atNanos, long number, Runnable what) {}

  private record Said(String what) implements Input {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparing(Task::number));
  private final List<String> heard = new ArrayList<>();
  private final List<String> failsOn = new ArrayList<>();
  private long nanos;
  private long number;
  private Machines machines = machines();

  private Machines machines() {
    LetterMachine machine =
        new LetterMachine() {
          @Override
          public void onStart(Now now, Effects effects) {}

          @Override
          public void onInput(Now now, Input input, Effects effects) {
            String what = ((Said) input).what();
            if (failsOn.remove(what)) {
              throw new DatabaseFailed("away");
            }
            heard.add(what);
          }

          @Override
          public void onTimer(Now now, Effects effects) {}

          @Override
          public void describe(StateWriter out) {}
        };
    Outside nobody =
        new Outside() {
          @Override
          public void letter(Letter letter) {}

          @Override
          public void toHub(ToWan what) {}

          @Override
          public void event(Eui64 id, Now now, Event event) {}
        };
    return new Machines(
        List.of(new Part(ID, DspMachine.KINDS, store -> machine)),
        part -> new InMemoryRecordStore(),
        (delay, what) -> tasks.add(new Task(nanos + delay, number++, what)),
        () -> new Now(nanos, 0),
        nobody,
        () -> {});
  }

  private void pass(long by) {
    long end = nanos + by;
    while (!tasks.isEmpty() && tasks.peek().atNanos() <= end) {
      Task next = tasks.remove();
      nanos = Math.max(nanos, next.atNanos());
      next.what().run();
    }
    nanos = end;
  }

  @BeforeEach
  void start() {
    machines.start();
    pass(0);
  }

  /** H154: the estate's file, images that were withdrawn. */
  @Test
  void whatNobodySaysAgainIsHeardInItsOrderByAMachineThatFailed() {
    failsOn.add("first");
    machines.tell(ID, List.of(new Said("first"), new Said("second")));
    pass(HOUR_NANOS);
    assertThat(heard).containsExactly("first", "second");
  }

  /** H181: half of an estate is no estate. */
  @Test
  void nothingComesBetweenWhatItIsTold() {
    machines.tell(ID, List.of(new Said("first"), new Said("second")));
    machines.input(ID, new Said("of a user"));
    pass(0);
    assertThat(heard).containsExactly("first", "second", "of a user");
  }

  @Test
  void itWaitsWhileTheMachineIsOff() {
    failsOn.add("before");
    machines.input(ID, new Said("before"));
    pass(0);
    machines.tell(ID, List.of(new Said("first"), new Said("second")));
    pass(0);
    assertThat(heard).as("it is off").isEmpty();
    pass(HOUR_NANOS);
    assertThat(heard).containsExactly("first", "second");
  }

  @Test
  void whatItAlwaysFailsOnIsPassedOverInTheEnd() {
    for (int i = 0; i < 1_000; i++) {
      failsOn.add("poison");
    }
    machines.tell(ID, List.of(new Said("poison"), new Said("second")));
    pass(24 * HOUR_NANOS);
    assertThat(heard).containsExactly("second");
    assertThat(failsOn).hasSizeGreaterThan(900);
  }

  @Test
  void nothingIsToldAfterTheEnd() {
    failsOn.add("first");
    machines.tell(ID, List.of(new Said("first"), new Said("second")));
    pass(0);
    machines.close();
    pass(HOUR_NANOS);
    assertThat(heard).isEmpty();
    assertThat(tasks).isEmpty();
  }
}
