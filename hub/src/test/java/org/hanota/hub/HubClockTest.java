// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub's clock that is set far forward or back lets nothing run early and ends no offer. */
class HubClockTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private static Offer in(long days) {
    return new Offer(
        Counter.device(1),
        Counter.IMAGE,
        new UpgradeTime.At(Counter.UTC_MILLIS + days * DAY),
        100,
        Optional.empty());
  }

  /** A device that has its image and is told to run it in so many days. */
  private static Counter waiting(long days) {
    return waiting(days, p -> p);
  }

  private static Counter waiting(long days, UnaryOperator<HubParameters> change) {
    Counter hub = new Counter(change).start();
    hub.input(new HubInput.Start(in(days)));
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    hub.effects.clear();
    return hub;
  }

  /** Whether the device was told to run it within the hour. */
  private static boolean runsNow(Counter hub) {
    return hub.effects.messages(UpgradeEndResponse.class).stream()
        .anyMatch(
            said ->
                !said.waits()
                    && said.upgradeTime().seconds() - said.currentTime().seconds() < HOUR / 1_000);
  }

  private static int doubts(Counter hub) {
    return hub.effects.events(HubEvent.ClockDoubted.class).size();
  }

  private static int trusts(Counter hub) {
    return hub.effects.events(HubEvent.ClockTrusted.class).size();
  }

  @ParameterizedTest
  @ValueSource(longs = {61 * DAY, 400 * DAY, 36_500 * DAY})
  void aClockThatIsSetFarForwardForSomeHoursRunsNothing(long wrong) {
    Counter hub = waiting(60);
    hub.pass(HOUR);
    hub.utcShiftMillis = wrong;
    hub.pass(5 * HOUR);
    assertThat(runsNow(hub)).isFalse();
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    assertThat(doubts(hub)).isEqualTo(1);
    hub.utcShiftMillis = 0;
    hub.pass(HOUR);
    assertThat(trusts(hub)).isEqualTo(1);
    hub.pass(59 * DAY);
    assertThat(runsNow(hub)).isFalse();
    // The honest update still ends.
    hub.pass(DAY);
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }

  /** That the harness would see it. */
  @Test
  void aHubThatTakesAnyStepRunsItEarly() {
    Counter hub = waiting(60, p -> p.with(HubParameter.CLOCK_STEP, 400 * DAY));
    hub.pass(HOUR);
    hub.utcShiftMillis = 61 * DAY;
    hub.pass(HOUR);
    assertThat(runsNow(hub)).isTrue();
  }

  @Test
  void aClockThatIsSetRightForGoodIsTakenAfterSomeHours() {
    Counter hub = waiting(60);
    hub.pass(HOUR);
    hub.utcShiftMillis = 400 * DAY;
    hub.pass(5 * HOUR);
    assertThat(runsNow(hub)).isFalse();
    hub.pass(2 * HOUR);
    assertThat(trusts(hub)).isEqualTo(1);
    assertThat(runsNow(hub)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {400 * DAY, -400 * DAY})
  void aClockThatIsWrongAtTheStartTellsTheDeviceToWaitUntilItIsRight(long wrong) {
    Counter hub = waiting(60);
    hub.utcShiftMillis = wrong;
    hub.start();
    assertThat(hub.effects.messages(UpgradeEndResponse.class))
        .isNotEmpty()
        .allMatch(UpgradeEndResponse::waits);
    hub.pass(5 * HOUR);
    assertThat(runsNow(hub)).isFalse();
    hub.utcShiftMillis = 0;
    hub.pass(HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    hub.pass(58 * DAY);
    assertThat(runsNow(hub)).isFalse();
  }

  /** 20 days are no more than a hub may have been off: only its store knows of the doubt. */
  @Test
  void aDoubtOutlivesRestarts() {
    Counter hub = waiting(10);
    hub.pass(HOUR);
    hub.utcShiftMillis = 400 * DAY;
    hub.pass(HOUR);
    hub.utcShiftMillis = 20 * DAY;
    for (int i = 0; i < 3; i++) {
      hub.pass(3 * HOUR);
      assertThat(runsNow(hub)).as("before restart " + i).isFalse();
      hub.start();
      assertThat(runsNow(hub)).as("restart " + i).isFalse();
    }
    hub.pass(7 * HOUR);
    assertThat(trusts(hub)).isEqualTo(1);
    assertThat(runsNow(hub)).isTrue();
  }

  @Test
  void aClockInDoubtEndsNoOffer() {
    Counter hub = new Counter(p -> p).start();
    hub.input(
        new HubInput.Start(in(0).withTimeouts(PhaseTimeouts.NONE.with(Timed.HOLDING, 20 * DAY))));
    hub.pass(HOUR);
    for (long wrong : new long[] {400 * DAY, -400 * DAY, 36_500 * DAY}) {
      hub.utcShiftMillis = wrong;
      hub.start();
      hub.pass(HOUR);
      assertThat(hub.phase(1)).as("a clock off by " + wrong).isEqualTo(Phase.NOTIFIED);
    }
    hub.utcShiftMillis = 0;
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
  }

  @Test
  void aHubThatNeverKnewTheTimeTakesAny() {
    Counter hub = new Counter(p -> p);
    hub.utcShiftMillis = 400 * DAY;
    hub.start();
    assertThat(doubts(hub)).isZero();
  }

  @Test
  void aDoubtEndsByItselfOnAHubThatNobodyCalls() {
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.query(1, Counter.IMAGE, Optional.empty());
    hub.utcShiftMillis = 400 * DAY;
    hub.query(2);
    hub.effects.events.clear();
    hub.pass(7 * HOUR);
    assertThat(trusts(hub)).isEqualTo(1);
  }
}
