// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Test;

/** A schedule gives its events in order, and can be listed, divided and thinned out. */
class ScheduleTest {
  private static final long SEED = 20_261_129;

  private record Numbered(int number) implements Pending.Step {}

  /** 1 to 200 events at few different times, so that many are equal. */
  private static List<Schedule.Entry> drawn(SeededRandom random) {
    List<Schedule.Entry> entries = new ArrayList<>();
    int count = 1 + random.below(200);
    for (int i = 0; i < count; i++) {
      entries.add(new Schedule.Entry(random.below(20), new Numbered(i)));
    }
    return entries;
  }

  private static Schedule filled(Schedule schedule, List<Schedule.Entry> entries) {
    entries.forEach(entry -> schedule.add(entry.nanos(), entry.pending()));
    return schedule;
  }

  private static List<Schedule.Entry> emptied(Schedule schedule) {
    List<Schedule.Entry> entries = new ArrayList<>();
    while (!schedule.isEmpty()) {
      entries.add(new Schedule.Entry(schedule.nextNanos(), schedule.remove()));
    }
    return entries;
  }

  private static List<Schedule.Entry> byTime(List<Schedule.Entry> entries) {
    List<Schedule.Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Schedule.Entry::nanos));
    return sorted;
  }

  @Test
  void eventsOfOneTimeKeepTheOrderOfTheirScheduling() {
    for (int run = 0; run < 300; run++) {
      List<Schedule.Entry> entries = drawn(SeededRandom.of(SEED, run, 1));
      assertThat(emptied(filled(new Schedule(), entries)))
          .as("run %d", run)
          .isEqualTo(byTime(entries));
    }
  }

  @Test
  void tiesAreDrawnAmongEqualTimesOnly() {
    int permuted = 0;
    for (int run = 0; run < 300; run++) {
      List<Schedule.Entry> entries = drawn(SeededRandom.of(SEED, run, 2));
      List<Schedule.Entry> plain = byTime(entries);
      List<Schedule.Entry> tied =
          emptied(filled(new Schedule(SeededRandom.of(run, 0, 3)), entries));
      List<Schedule.Entry> again =
          emptied(filled(new Schedule(SeededRandom.of(run, 0, 3)), entries));
      assertThat(tied)
          .as("run %d", run)
          .isEqualTo(again)
          .containsExactlyInAnyOrderElementsOf(plain);
      assertThat(tied).isSortedAccordingTo(Comparator.comparingLong(Schedule.Entry::nanos));
      permuted += tied.equals(plain) ? 0 : 1;
    }
    assertThat(permuted).as("runs whose order the ties changed").isGreaterThan(250);
  }

  @Test
  void aListIsTheOrderInWhichEventsWillHappen() {
    for (int run = 0; run < 100; run++) {
      List<Schedule.Entry> entries = drawn(SeededRandom.of(SEED, run, 4));
      Schedule schedule = filled(new Schedule(SeededRandom.of(run, 0, 5)), entries);
      assertThat(schedule.list()).isEqualTo(emptied(schedule));
    }
  }

  @Test
  void whatIsDroppedNeverHappensAndTheRestKeepsItsOrder() {
    for (int run = 0; run < 100; run++) {
      List<Schedule.Entry> entries = drawn(SeededRandom.of(SEED, run, 6));
      Schedule schedule = filled(new Schedule(), entries);
      List<Schedule.Entry> expected = new ArrayList<>(schedule.list());
      expected.removeIf(entry -> isOdd(entry.pending()));
      int dropped = schedule.drop(ScheduleTest::isOdd);
      assertThat(dropped).isEqualTo(entries.size() - expected.size());
      // A later event of an equal time still comes after all that were there.
      Schedule.Entry last = new Schedule.Entry(19, new Numbered(1_000));
      schedule.add(last.nanos(), last.pending());
      expected.add(last);
      assertThat(emptied(schedule)).isEqualTo(expected);
    }
  }

  private static boolean isOdd(Pending pending) {
    return pending instanceof Numbered numbered && numbered.number() % 2 == 1;
  }

  @Test
  void aForkGoesItsOwnWay() {
    Schedule schedule = filled(new Schedule(), drawn(SeededRandom.of(SEED, 0, 7)));
    List<Schedule.Entry> before = schedule.list();
    Schedule fork = schedule.fork();
    fork.remove();
    fork.add(0, new Numbered(2_000));
    assertThat(schedule.list()).isEqualTo(before);
    schedule.remove();
    assertThat(fork.size()).isEqualTo(schedule.size() + 1);
  }

  @Test
  void whatIsPendingIsPrintedWithItsTime() {
    Schedule schedule = new Schedule();
    schedule.add(1_500_000_000L, new Pending.Wake(2, 0, 1_500_000_000L));
    schedule.add(4_000_000L, new Pending.Restart(1, 3));
    assertThat(schedule.describe().lines())
        .containsExactly(
            "0.004000000 s  Restart[node=1, generation=3]",
            "1.500000000 s  Wake[node=2, generation=0, atNanos=1500000000]");
  }

  @Test
  void anEmptyScheduleHasNoNextEvent() {
    assertThatThrownBy(new Schedule()::nextNanos)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nothing is pending");
  }
}
