// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.testing.RecordedEffects;
import org.junit.jupiter.api.Test;

/** Which time a machine of the head end gets, and what is told and kept of it. [hanota H130] */
class ClockedMachineTest {
  private static final long START = 1_795_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final InMemoryRecordStore kept = new InMemoryRecordStore();
  private final RecordedEffects effects = new RecordedEffects();
  private final List<Long> times = new ArrayList<>();
  private int saves;
  private long millis;
  private long bootMillis;
  private long ahead;
  private ClockedMachine machine = machine();

  /** Notes each time that it gets, and keeps something in each call. */
  private final class Noting implements LetterMachine {
    private final RecordStore store;

    Noting(RecordStore store) {
      this.store = store;
    }

    private void note(Now now) {
      times.add(now.utcMillis());
      store.save(List.of(new Noted(now.utcMillis())), List.of());
    }

    @Override
    public void onStart(Now now, Effects own) {
      assertThat(store.load()).noneMatch(KeptClock.class::isInstance);
      note(now);
    }

    @Override
    public void onInput(Now now, Input input, Effects own) {
      note(now);
    }

    @Override
    public void onTimer(Now now, Effects own) {
      note(now);
    }

    @Override
    public void describe(StateWriter out) {}
  }

  private record Noted(long utcMillis) implements Stored {
    @Override
    public String key() {
      return "noted";
    }
  }

  private final class Counting implements RecordStore {
    @Override
    public List<Stored> load() {
      return kept.load();
    }

    @Override
    public void save(List<Stored> put, List<String> removed) {
      saves += put.stream().anyMatch(KeptClock.class::isInstance) ? 1 : 0;
      kept.save(put, removed);
    }
  }

  private ClockedMachine machine() {
    return new ClockedMachine(
        ParameterValues.defaults(HeadEndParameter.class), new Counting(), Noting::new);
  }

  private Now now() {
    return new Now((millis - bootMillis) * 1_000_000, START + millis + ahead);
  }

  private void restart() {
    bootMillis = millis;
    machine = machine();
    effects.wakeAt = Long.MAX_VALUE;
    machine.onStart(now(), effects);
  }

  private long look() {
    machine.onInput(now(), new Input.NoServer(), effects);
    return times.get(times.size() - 1) - START;
  }

  private void pass(long more) {
    long end = millis + more;
    while (effects.wakeAt != Long.MAX_VALUE && bootMillis + effects.wakeAt / 1_000_000 <= end) {
      millis = bootMillis + effects.wakeAt / 1_000_000;
      effects.wakeAt = Long.MAX_VALUE;
      machine.onTimer(now(), effects);
    }
    millis = end;
  }

  @Test
  void aDoubtIsToldOnceAndEndsByItself() {
    restart();
    pass(HOUR);
    ahead = 40 * DAY;
    assertThat(look()).isEqualTo(HOUR);
    assertThat(look()).isEqualTo(HOUR);
    assertThat(effects.events)
        .containsExactly(new ClockEvent.Doubted(START + HOUR + 40 * DAY, START + HOUR));
    pass(7 * HOUR);
    assertThat(effects.events)
        .hasSize(2)
        .last()
        .isEqualTo(new ClockEvent.Trusted(START + 7 * HOUR + 40 * DAY));
    assertThat(look()).isEqualTo(8 * HOUR + 40 * DAY);
    assertThat(effects.wakeAt).isEqualTo(Long.MAX_VALUE);
  }

  /** Whatever is set back is waited for. */
  @Test
  void aClockThatIsSetBackIsObeyedForWaiting() {
    restart();
    pass(3 * DAY);
    ahead = -2 * DAY;
    assertThat(look()).isEqualTo(DAY);
    pass(DAY);
    assertThat(look()).isEqualTo(2 * DAY);
  }

  @Test
  void noNumberOfRestartsEndsADoubtAndNoneLosesTheTimeThatPassed() {
    restart();
    ahead = 400 * DAY;
    look();
    // So near that it would be near enough for a clock that nobody doubted.
    ahead = 20 * DAY;
    look();
    for (int i = 0; i < 10; i++) {
      restart();
      pass(5 * HOUR);
      assertThat(look()).isLessThanOrEqualTo(millis);
    }
    ahead = 0;
    restart();
    assertThat(look()).isEqualTo(millis);
  }

  @Test
  void theClockIsKeptTwiceADayAndWhenADoubtTurns() {
    restart();
    assertThat(saves).isEqualTo(1);
    for (int i = 0; i < 48; i++) {
      pass(HOUR);
      long unused = look();
    }
    assertThat(saves).isEqualTo(5);
    ahead = 40 * DAY;
    look();
    look();
    assertThat(saves).isEqualTo(6);
    ahead = 0;
    look();
    assertThat(saves).isEqualTo(7);
  }

  /** From unset any time is taken, and what was kept before there was a clock is read. */
  @Test
  void aStoreWithoutAClockTakesAnyTime() {
    kept.save(List.of(new Noted(1)), List.of());
    restart();
    assertThat(look()).isZero();
    assertThat(effects.events).isEmpty();
    assertThat(kept.load()).contains(new KeptClock(START, Optional.empty()));
  }
}
