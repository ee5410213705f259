// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The times that a hub tells its devices, and its clock. */
class ToldTimesTest {
  private static Offer at(long utcMillis) {
    return new Offer(
        Counter.device(1), Counter.IMAGE, new UpgradeTime.At(utcMillis), 100, Optional.empty());
  }

  /** A device that has its image, to be run at that time. */
  private static Counter ended(long utcMillis) {
    Counter hub = new Counter(p -> p).start();
    hub.input(new HubInput.Start(at(utcMillis)));
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    return hub;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1999-12-31T23:59:59Z",
        "2136-02-07T06:28:15Z",
        "3000-12-31T00:00:00Z",
        "-100000000-01-01T00:00:00Z"
      })
  void aTimeThatNoFrameCanSayIsRefusedByName(String time) {
    Counter hub = new Counter(p -> p).start();
    assertThat(hub.machine.check(at(Instant.parse(time).toEpochMilli())))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains(time, "allowed 2000-01-01T00:00:00Z to 2136-02-07T06:28:14Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000-01-01T00:00:00Z", "2136-02-07T06:28:14Z"})
  void theFirstAndTheLastTimeThatAFrameCanSayAreAccepted(String time) {
    Counter hub = new Counter(p -> p).start();
    assertThat(hub.machine.check(at(Instant.parse(time).toEpochMilli())))
        .isInstanceOf(Answer.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2165-01-01T00:00:00Z", "3000-12-31T00:00:00Z"})
  void anImageThatTheHeadEndSetsForSuchATimeIsHeld(String time) {
    Counter hub = ended(Instant.parse(time).toEpochMilli());
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            UpgradeEndResponse.class, answer -> assertThat(answer.waits()).isTrue());
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
  }

  private static final long HOUR = 3_600_000;

  private static UpgradeEndResponse told(Counter hub) {
    assertThat(hub.effects.messages(UpgradeEndResponse.class)).hasSize(1);
    UpgradeEndResponse word = hub.effects.messages(UpgradeEndResponse.class).get(0);
    hub.effects.clear();
    return word;
  }

  private static void isRight(Counter hub) {
    long seconds = told(hub).upgradeTime().seconds();
    long right = (Counter.UTC_MILLIS + 24 * HOUR - hub.now().utcMillis()) / 1_000;
    // Some time of the hour may have passed since.
    assertThat(seconds).isBetween(right, right + HOUR / 1_000);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
  }

  @ParameterizedTest
  @ValueSource(longs = {-50 * 24 * HOUR, -HOUR, HOUR, 20 * HOUR})
  void aClockThatIsSetWithinTheHourAfterARestartSetsTheTimesRightThatWereTold(long wrong) {
    Counter hub = ended(Counter.UTC_MILLIS + 24 * HOUR);
    hub.utcShiftMillis = wrong;
    hub.start();
    assertThat(told(hub).upgradeTime().seconds()).isEqualTo((24 * HOUR - wrong) / 1_000);
    hub.utcShiftMillis = 0;
    hub.pass(HOUR);
    isRight(hub);
    hub.pass(40 * HOUR);
    assertThat(hub.effects.messages(UpgradeEndResponse.class)).as("told once").isEmpty();
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }

  @Test
  void aHubThatGetsItsClockLateTellsTheTimeThen() {
    Counter hub = ended(Counter.UTC_MILLIS + 24 * HOUR);
    hub.knowsUtc = false;
    hub.start();
    assertThat(told(hub).waits()).isTrue();
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    hub.pass(2 * HOUR);
    assertThat(hub.effects.messages(UpgradeEndResponse.class)).isEmpty();
    hub.knowsUtc = true;
    hub.pass(HOUR);
    isRight(hub);
  }
}
