// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockResponse;
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
    assertThat(hub.machine.status().doubtedUtcMillis().orElseThrow())
        .isBetween(hub.now().utcMillis() - HOUR, hub.now().utcMillis());
    hub.utcShiftMillis = 0;
    hub.pass(HOUR);
    assertThat(trusts(hub)).isEqualTo(1);
    assertThat(hub.machine.status().doubtedUtcMillis()).isEmpty();
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

  /** A doubted clock that then shows no time at all: the look that was due stayed due for ever. */
  @Test
  void aDoubtedClockThatIsThenUnsetIsNotLookedAtWithoutEnd() {
    Counter hub = waiting(10);
    hub.utcShiftMillis = 400 * DAY;
    hub.pass(HOUR);
    hub.knowsUtc = false;
    hub.pass(10 * DAY);
    hub.knowsUtc = true;
    hub.pass(7 * HOUR);
    assertThat(trusts(hub)).isEqualTo(1);
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

  @Test
  void aRestartWithARandomClockBeforeEachBlockCostsNoOctet() {
    SeededRandom random = SeededRandom.of(12, 0, 0);
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.query(1);
    long at = 0;
    int restarts = 0;
    while (at < Counter.FILE.length()) {
      // The first steps are an hour back each; then anything within a month.
      hub.utcShiftMillis =
          restarts < 3 ? -restarts * HOUR : random.below(60 * 24) * HOUR - 30 * DAY;
      hub.restart();
      restarts++;
      hub.block(1, at, 32, BlockRequestOptions.NONE);
      assertThat(hub.answer())
          .as("restart " + restarts)
          .isInstanceOf(ImageBlockResponse.Success.class);
      Octets data = ((ImageBlockResponse.Success) hub.answer()).data();
      assertThat(data).isEqualTo(Counter.FILE.slice((int) at, data.length()));
      at += data.length();
    }
    assertThat(restarts).isGreaterThanOrEqualTo(60);
    hub.utcShiftMillis = 0;
    hub.end(1, ZclStatus.SUCCESS);
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }

  private static Offer held20Days() {
    return in(0)
        .withTimeouts(
            PhaseTimeouts.NONE.with(Timed.HOLDING, 20 * DAY).with(Timed.QUERYING, 50 * DAY));
  }

  /** A hub that holds an offer for 20 days, restarted with a clock that far ahead. */
  private static Counter restartedAhead(long ahead) {
    Counter hub = new Counter(p -> p).start();
    hub.input(new HubInput.Start(held20Days()));
    hub.pass(HOUR);
    hub.utcShiftMillis = ahead;
    hub.start();
    return hub;
  }

  @Test
  void timeThatTheHubWasOffCountsOnceALaterReadingAgrees() {
    Counter hub = restartedAhead(25 * DAY);
    hub.pass(5 * HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.NOTIFIED);
    hub.pass(2 * HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  @Test
  void noNumberOfRestartsMakesATimeOffOneThatIsConfirmed() {
    Counter hub = restartedAhead(15 * DAY);
    for (int i = 0; i < 10; i++) {
      hub.pass(HOUR);
      // By an hour each it is no step; the first one still is.
      hub.utcShiftMillis += HOUR / 2 + (i == 5 ? 10 * DAY : 0);
      hub.start();
      assertThat(hub.phase(1)).as("restart " + i).isEqualTo(Phase.NOTIFIED);
    }
    hub.pass(7 * HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  @Test
  void aClockThatIsRightAgainBeforeThatCostsNothing() {
    Counter hub = restartedAhead(25 * DAY);
    hub.pass(HOUR);
    hub.utcShiftMillis = 0;
    hub.start();
    hub.pass(18 * DAY);
    assertThat(hub.phase(1)).isEqualTo(Phase.NOTIFIED);
    hub.pass(3 * DAY);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  @Test
  void aClockThatIsSetRightWhileTheHubRunsMakesNothingOlder() {
    Counter hub = new Counter(p -> p).start();
    hub.input(new HubInput.Start(held20Days()));
    hub.pass(HOUR);
    hub.utcShiftMillis = 400 * DAY;
    hub.query(2);
    hub.pass(8 * HOUR);
    assertThat(trusts(hub)).isEqualTo(1);
    hub.restart();
    hub.pass(7 * HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.NOTIFIED);
    hub.pass(20 * DAY);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  @Test
  void aDeviceThatIsToldToRunItsImageHasItsTimeWhateverTheClockShowsAfterARestart() {
    Counter hub = waiting(0);
    hub.pass(HOUR);
    hub.utcShiftMillis = 20 * DAY;
    hub.start();
    hub.pass(HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }
}
