// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.hanota.api.machine.TrustedClock.Limits;
import org.hanota.api.machine.TrustedClock.Reading;
import org.junit.jupiter.api.Test;

/** Which times are acted on. */
class TrustedClockTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long UTC = 1_767_225_600_000L;
  private static final Limits LIMITS = new Limits(HOUR, 31 * DAY, 6 * HOUR, 4);

  private final TrustedClock clock =
      new TrustedClock(LIMITS, OptionalLong.empty(), OptionalLong.empty());

  private static Now at(long millis, long shift) {
    return new Now(millis * 1_000_000, UTC + millis + shift);
  }

  @Test
  void aNodeThatNeverKnewTheTimeTakesAny() {
    assertThat(clock.read(new Now(0, Now.UTC_UNKNOWN))).isEqualTo(Reading.UNKNOWN);
    assertThat(clock.utcMillis(new Now(0, Now.UTC_UNKNOWN))).isEmpty();
    assertThat(clock.read(at(1, 9_000 * DAY))).isEqualTo(Reading.TRUSTED);
  }

  @Test
  void aStepWithinTheLimitIsTakenAndDoesNotMoveTheLimit() {
    clock.read(at(0, 0));
    assertThat(clock.read(at(1_000, HOUR))).isEqualTo(Reading.TRUSTED);
    assertThat(clock.utcMillis(at(1_000, HOUR))).hasValue(UTC + 1_000 + HOUR);
    // A second step of the same size would walk away.
    assertThat(clock.read(at(2_000, 2 * HOUR))).isEqualTo(Reading.DOUBTED);
  }

  @Test
  void aDoubtedClockBringsNothingForwardAndMayMakeTheNodeWait() {
    clock.read(at(0, 0));
    assertThat(clock.utcMillis(at(5_000, 400 * DAY))).hasValue(UTC + 5_000);
    assertThat(clock.utcMillis(at(6_000, -400 * DAY))).hasValue(UTC + 6_000 - 400 * DAY);
    assertThat(clock.toStore(at(6_000, -400 * DAY))).hasValue(UTC + 6_000);
    assertThat(clock.read(at(7_000, 0))).isEqualTo(Reading.TRUSTED);
  }

  @Test
  void equalReadingsOverSomeHoursConfirmAStep() {
    clock.read(at(0, 0));
    long shift = 400 * DAY;
    for (long millis = HOUR; millis < 7 * HOUR; millis += 300_000) {
      assertThat(clock.read(at(millis, shift))).as("at " + millis).isEqualTo(Reading.DOUBTED);
    }
    assertThat(clock.read(at(7 * HOUR, shift))).isEqualTo(Reading.TRUSTED);
    assertThat(clock.utcMillis(at(7 * HOUR, shift))).hasValue(UTC + 7 * HOUR + shift);
  }

  @Test
  void twoReadingsAreNotEnoughHoweverFarApart() {
    clock.read(at(0, 0));
    long shift = 400 * DAY;
    assertThat(clock.read(at(HOUR, shift))).isEqualTo(Reading.DOUBTED);
    assertThat(clock.read(at(100 * HOUR, shift))).isEqualTo(Reading.DOUBTED);
    assertThat(clock.read(at(200 * HOUR, shift))).isEqualTo(Reading.DOUBTED);
    assertThat(clock.read(at(300 * HOUR, shift))).isEqualTo(Reading.TRUSTED);
  }

  @Test
  void aReadingThatDiffersBeginsTheConfirmationAnew() {
    clock.read(at(0, 0));
    for (long hour = 1; hour < 60; hour++) {
      long shift = (hour % 5 == 0 ? 300 : 400) * DAY;
      assertThat(clock.read(at(hour * HOUR, shift))).isEqualTo(Reading.DOUBTED);
    }
  }

  @Test
  void afterARestartOnlyATimeBeforeTheStoredOneOrFarBeyondItIsDoubted() {
    assertThat(restarted().read(at(0, 30 * DAY))).isEqualTo(Reading.TRUSTED);
    assertThat(restarted().read(at(0, -HOUR))).isEqualTo(Reading.TRUSTED);
    assertThat(restarted().read(at(0, -2 * HOUR))).isEqualTo(Reading.DOUBTED);
    TrustedClock far = restarted();
    assertThat(far.utcMillis(at(0, 400 * DAY))).isEmpty();
    assertThat(far.toStore(at(0, 400 * DAY))).hasValue(UTC);
    assertThat(far.read(at(1, 0))).isEqualTo(Reading.TRUSTED);
  }

  private static TrustedClock restarted() {
    return new TrustedClock(LIMITS, OptionalLong.of(UTC), OptionalLong.empty());
  }

  @Test
  void aDoubtThatIsStoredOutlivesARestart() {
    clock.read(at(0, 0));
    clock.read(at(1_000, 400 * DAY));
    clock.read(at(2_000, 20 * DAY));
    clock.read(at(3_000, 300 * DAY));
    OptionalLong doubted = clock.doubtedToStore(at(3_000, 300 * DAY));
    assertThat(doubted).hasValue(UTC + 3_000 + 20 * DAY);
    assertThat(again(doubted).read(at(0, 20 * DAY))).isEqualTo(Reading.DOUBTED);
    assertThat(again(doubted).doubtedToStore(at(0, 20 * DAY))).isEqualTo(doubted);
    TrustedClock right = again(doubted);
    assertThat(right.read(at(0, DAY))).isEqualTo(Reading.TRUSTED);
    assertThat(right.doubtedToStore(at(0, DAY))).isEmpty();
    // It ends by itself, too.
    TrustedClock ahead = again(doubted);
    for (long hour = 0; hour < 6; hour++) {
      assertThat(ahead.read(at(hour * HOUR, 25 * DAY))).isEqualTo(Reading.DOUBTED);
    }
    assertThat(ahead.read(at(6 * HOUR, 25 * DAY))).isEqualTo(Reading.TRUSTED);
  }

  private static TrustedClock again(OptionalLong doubted) {
    return new TrustedClock(LIMITS, OptionalLong.of(UTC), doubted);
  }

  @Test
  void theLargestAndSmallestTimesOverflowNothing() {
    clock.read(at(0, 0));
    assertThat(clock.read(new Now(1, Long.MAX_VALUE))).isEqualTo(Reading.DOUBTED);
    assertThat(clock.utcMillis(new Now(1_000_000, Long.MAX_VALUE))).hasValue(UTC + 1);
    assertThat(clock.read(new Now(2, Long.MIN_VALUE + 1))).isEqualTo(Reading.DOUBTED);
    assertThat(clock.read(at(3, 0))).isEqualTo(Reading.TRUSTED);
  }
}
