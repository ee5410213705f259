// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Now;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node's clock may be wrong, but its monotonic time never goes back. */
class NodeClockTest {
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  @Test
  void aFastClockShowsMoreThanPassed() {
    NodeClock fast = NodeClock.set(1_000, 100_000);
    assertThat(fast.at(HOUR_NANOS)).isEqualTo(new Now(3_600_360_000_000L, 3_600_360 + 1_000));
    assertThat(NodeClock.set(0, -100_000).at(HOUR_NANOS).monotonicNanos())
        .isEqualTo(3_599_640_000_000L);
  }

  @ParameterizedTest
  @ValueSource(longs = {-100_000_000, -20_000, -1, 0, 1, 33_333, 100_000_000})
  void aTimerComesAtTheFirstMomentAtWhichTheClockShowsItsTime(long driftPpb) {
    NodeClock clock = NodeClock.set(0, driftPpb);
    SeededRandom random = SeededRandom.of(15, 0, 1);
    for (int i = 0; i < 2_000; i++) {
      long due = random.belowLong(i % 2 == 0 ? 1_000 : 1L << 60);
      long nanos = clock.trueNanos(due);
      assertThat(clock.at(nanos).monotonicNanos()).as("due %d", due).isGreaterThanOrEqualTo(due);
      if (nanos > 0) {
        assertThat(clock.at(nanos - 1).monotonicNanos()).as("before %d", due).isLessThan(due);
      }
    }
    assertThat(clock.trueNanos(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aStepChangesTheTimeOfDayAtOnceAndNothingElse() {
    NodeClock clock = NodeClock.set(5_000, 0);
    assertThat(clock.at(1_000_000)).isEqualTo(new Now(1_000_000, 5_001));
    clock.step(-4_000);
    assertThat(clock.at(1_000_000)).isEqualTo(new Now(1_000_000, 1_001));
  }

  @Test
  void aClockThatIsNotSetShowsNoTimeOfDay() {
    NodeClock clock = NodeClock.unset(0);
    assertThat(clock.at(7)).isEqualTo(new Now(7, Now.UTC_UNKNOWN));
    assertThatThrownBy(() -> clock.step(1)).hasMessageContaining("not set");
  }

  @Test
  void aDriftBeyondAnyOscillatorIsRefused() {
    assertThatThrownBy(() -> NodeClock.unset(100_000_001))
        .hasMessage("driftPpb is 100000001, allowed -100000000 to 100000000");
  }
}
