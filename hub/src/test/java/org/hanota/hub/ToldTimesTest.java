// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The times that a hub tells its devices, and its clock. */
class ToldTimesTest {
  private static final Eui64 DEVICE = Counter.device(1).address();

  private static String utc(long millisLater) {
    return Instant.ofEpochMilli(Counter.UTC_MILLIS + millisLater).toString();
  }

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
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
  }

  @ParameterizedTest
  @ValueSource(longs = {-HOUR, HOUR, 20 * HOUR})
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
  void aClockThatWentFarBackOverARestartTellsToWaitUntilItIsRight() {
    Counter hub = ended(Counter.UTC_MILLIS + 24 * HOUR);
    hub.utcShiftMillis = -50 * 24 * HOUR;
    hub.start();
    assertThat(told(hub).waits()).isTrue();
    hub.utcShiftMillis = 0;
    hub.pass(HOUR);
    isRight(hub);
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

  private static void offerAt(Counter hub, UpgradeTime when) {
    hub.input(
        new HubInput.Start(
            new Offer(Counter.device(1), Counter.IMAGE, when, 100, Optional.empty())));
    hub.query(1);
    hub.block(1, 0);
    hub.end(1, ZclStatus.SUCCESS);
  }

  @Test
  void theAnswerToTheEndSaysWhen() {
    Counter hub = new Counter(p -> p).start();
    offerAt(hub, new UpgradeTime.At(Counter.UTC_MILLIS + 90_500));
    assertThat(hub.answer().toString()).contains("upgradeTime=2000-01-01T00:01:31Z");
    hub = new Counter(p -> p).start();
    offerAt(hub, new UpgradeTime.Held());
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            UpgradeEndResponse.class,
            response -> {
              assertThat(response.waits()).isTrue();
              assertThat(response.image()).isEqualTo(ImageId.WILD_CARD);
            });
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
  }

  @Test
  void aNewTimeForAnImageThatItsDeviceHasIsToldAtOnce() {
    Counter hub = new Counter(p -> p).start();
    offerAt(hub, new UpgradeTime.Held());
    hub.effects.clear();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), Counter.IMAGE)));
    assertThat(hub.effects.messages(UpgradeEndResponse.class))
        .singleElement()
        .satisfies(response -> assertThat(response.waits()).isFalse());
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    hub.effects.clear();
    hub.input(
        new HubInput.Start(
            new Offer(
                Counter.device(1), Counter.IMAGE, new UpgradeTime.Held(), 1, Optional.empty())));
    assertThat(hub.effects.messages(UpgradeEndResponse.class))
        .singleElement()
        .satisfies(response -> assertThat(response.waits()).isTrue());
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    // The device missed it and asks again: the answer is the same.
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            UpgradeEndResponse.class, response -> assertThat(response.waits()).isTrue());
  }

  private static OptionalLong shownTime(Counter hub) {
    return hub.machine.status().devices().get(0).upgradeUtcMillis();
  }

  @Test
  void anUpdateWaitsWithItsTimeUntilThatHasCome() {
    Counter hub = ended(Counter.UTC_MILLIS + 24 * HOUR);
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    assertThat(shownTime(hub)).hasValue(Counter.UTC_MILLIS + 24 * HOUR);
    assertThat(hub.effects.events)
        .contains(new UpdateEvent.Waiting(DEVICE, Counter.IMAGE, utc(24 * HOUR)))
        .noneMatch(UpdateEvent.Activating.class::isInstance);
    hub.effects.clear();
    hub.start();
    assertThat(shownTime(hub)).hasValue(Counter.UTC_MILLIS + 24 * HOUR);
    assertThat(hub.effects.events).as("nothing is new").isEmpty();
    hub.pass(24 * HOUR - 1_000);
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    hub.effects.clear();
    hub.pass(1_000);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    assertThat(hub.effects.events)
        .containsExactly(new UpdateEvent.Activating(DEVICE, Counter.IMAGE));
    assertThat(hub.effects.messages(UpgradeEndResponse.class)).as("it was told").isEmpty();
  }

  @Test
  void aTimeThatCameWhileTheHubWasAwayIsKnownAtItsStart() {
    Counter hub = ended(Counter.UTC_MILLIS + 24 * HOUR);
    hub.utcShiftMillis = 25 * HOUR;
    hub.start();
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
  }

  @Test
  void anImageThatIsHeldShowsNoTime() {
    Counter hub = ended(Counter.UTC_MILLIS + 24 * HOUR);
    hub.input(
        new HubInput.Start(
            new Offer(
                Counter.device(1), Counter.IMAGE, new UpgradeTime.Held(), 1, Optional.empty())));
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    assertThat(shownTime(hub)).isEmpty();
  }

  private static int tellings(Counter hub) {
    return hub.effects.messages(UpgradeEndResponse.class).size();
  }

  private static void result(Counter hub, SendResult result) {
    hub.machine.onSent(
        hub.now(), hub.effects.sent.get(hub.effects.sent.size() - 1).sendId(), result, hub.effects);
  }

  @Test
  void aNewTimeThatItsDeviceDoesNotHearIsToldAgain() {
    Counter hub = new Counter(p -> p).start();
    offerAt(hub, new UpgradeTime.Held());
    hub.effects.clear();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), Counter.IMAGE)));
    int tries = hub.parameters.notifyTries();
    for (int i = 1; i < tries; i++) {
      assertThat(tellings(hub)).isEqualTo(i);
      result(hub, SendResult.NO_ACK);
      hub.pass(hub.parameters.notifyRetryMs() << (i - 1));
    }
    assertThat(tellings(hub)).isEqualTo(tries);
    result(hub, SendResult.NO_ACK);
    hub.pass(hub.parameters.notifyRetryMs() << tries);
    assertThat(tellings(hub)).as("it is away").isEqualTo(tries);
    hub.query(1);
    assertThat(tellings(hub)).as("it is back").isEqualTo(1);
    result(hub, SendResult.DELIVERED);
    hub.query(1);
    assertThat(tellings(hub)).as("it knows").isZero();
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
  }

  @Test
  void aTimeIsToldAgainByAHubThatStartsAnew() {
    Counter hub = new Counter(p -> p).start();
    long at = Counter.UTC_MILLIS + 3_600_000;
    offerAt(hub, new UpgradeTime.At(at));
    hub.pass(1_800_000);
    hub.start();
    assertThat(hub.effects.messages(UpgradeEndResponse.class))
        .singleElement()
        .satisfies(
            response -> {
              assertThat(response.waits()).isFalse();
              assertThat(response.currentTime()).isEqualTo(ZigBeeTime.ZERO);
              assertThat(response.upgradeTime()).isEqualTo(new ZigBeeTime(1_800));
            });
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    assertThat(hub.effects.events).isEmpty();
  }
}
