// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of current time and upgrade or request time. */
class UpgradeTimesTest {
  private static ZigBeeTime time(String text) {
    long utc = ZigBeeTime.ofUtcMillis(Desk.UTC_MILLIS).seconds();
    return text.startsWith("utc")
        ? new ZigBeeTime(utc + Long.parseLong(text.substring(3)))
        : text.equals("FFFFFFFF") ? ZigBeeTime.INVALID : new ZigBeeTime(Long.parseLong(text));
  }

  @ParameterizedTest(name = "current {0}, upgrade {1}: after {2} s")
  @CsvSource({
    "0, 0, 0",
    "0, 60, 60",
    "0, 86400, 86400",
    // Two absolute times mean their difference, whatever the device's own clock says.
    "1000, 1000, 0",
    "1000, 1060, 60",
    "utc+0, utc+3600, 3600",
    "utc+500000, utc+500060, 60",
    // A server that has no clock but names a time of day.
    "FFFFFFFF, utc+60, 60",
    "FFFFFFFF, utc-60, 0",
  })
  void anUpgradeHappensAtItsTimeAndNeverBefore(String current, String upgrade, long seconds) {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, time(current), time(upgrade)));
    if (seconds > 0) {
      assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
      desk.pass(seconds * 1000 - 1);
      assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
      desk.pass(1);
    }
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    assertThat(desk.effects.events(UpdateEvent.Confirmed.class)).hasSize(1);
  }

  @ParameterizedTest(name = "current {0}, upgrade {1}: wait")
  @CsvSource({"0, FFFFFFFF", "1000, FFFFFFFF", "FFFFFFFF, FFFFFFFF", "utc+0, FFFFFFFF"})
  void allOnesMeanWaitAndAskAgainAfterAnHour(String current, String upgrade) {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, time(current), time(upgrade)));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    int asked = desk.count(UpgradeEndRequest.class);
    desk.pass(3_600_000 - 1);
    assertThat(desk.count(UpgradeEndRequest.class)).isEqualTo(asked);
    desk.pass(1);
    assertThat(desk.count(UpgradeEndRequest.class)).isEqualTo(asked + 1);
  }

  @Test
  void aTimeBeforeTheCurrentOneIsInvalid() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, new ZigBeeTime(100), new ZigBeeTime(99)));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(desk.last())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isEqualTo(ZclStatus.INVALID_VALUE));
    // As if none had been told: the image runs after three hourly tries that nobody answers.
    desk.pass(3 * 3_600_000L);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
    desk.pass(600_000);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).hasSize(1);
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }

  @Test
  void aResponseForAnotherImageIsRefusedAndAWildCardIsTaken() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(
        new UpgradeEndResponse(ImageId.of(0x121D, 0x80, 9), ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    desk.receive(new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void anUnsolicitedResponseBeforeAnythingIsVerifiedIsRefused() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.DOWNLOADING);
    assertThat(desk.last())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isEqualTo(ZclStatus.INVALID_IMAGE));
  }

  @Test
  void aResponseDuringTheSwapIsRefusedSoItsServerKnowsThatNothingIsCalledOff() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(86_400)));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    assertThat(desk.last())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isNotEqualTo(ZclStatus.SUCCESS));
  }

  @Test
  void aLaterResponseMovesTheTimeAndAllOnesCallItOff() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(60)));
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(120)));
    desk.pass(119_999);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.INVALID));
    desk.pass(60_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
  }

  /** A device whose time comes while it is off. */
  private static Desk startedAtItsTime() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(60)));
    desk.nanos += 60_000_000_000L;
    desk.start();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    return desk;
  }

  private static boolean activates(Desk desk) {
    return !desk.effects.events(UpdateEvent.Activating.class).isEmpty();
  }

  @Test
  void theServerIsAskedFirstAfterARestart() {
    Desk desk = startedAtItsTime();
    desk.work();
    desk.input(new Input.ServerFound(Desk.HUB));
    desk.pass(1_000);
    assertThat(desk.last()).isInstanceOf(UpgradeEndRequest.class);
    assertThat(activates(desk)).isFalse();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.INVALID));
    desk.pass(60_000);
    assertThat(activates(desk)).isFalse();
  }

  @Test
  void aServerThatIsSilentAfterARestartHoldsNothingUp() {
    Desk desk = startedAtItsTime();
    desk.work();
    desk.pass(60_000);
    assertThat(activates(desk)).isTrue();
  }

  @ParameterizedTest(name = "current {0}, upgrade {1}: after {2} s")
  @CsvSource({"0, FFFFFFFF, -1", "0, 86400, 86400", "FFFFFFFF, utc+86400, 86340", "100, 99, -1"})
  void whatTheServerSaysWhileTheImageIsCheckedCounts(String current, String upgrade, long seconds) {
    for (boolean knowsUtc : new boolean[] {true, false}) {
      Desk desk = startedAtItsTime();
      desk.knowsUtc = knowsUtc || current.equals("FFFFFFFF");
      desk.receive(new UpgradeEndResponse(Desk.IMAGE, time(current), time(upgrade)));
      desk.work();
      // Nobody answers from here on: only its silence, or the time, lets the image run.
      long quietly = seconds < 0 ? 2 * 3_600 : seconds;
      desk.pass(quietly * 1_000 - 1);
      assertThat(activates(desk)).as("early, with a clock: %s", knowsUtc).isFalse();
      desk.pass(3_600_000);
      assertThat(activates(desk)).as("in the end, with a clock: %s", knowsUtc).isTrue();
    }
  }

  @Test
  void aStrangersWordCountsNeitherBeforeNorAfterTheServerIsFound() {
    Desk desk = startedAtItsTime();
    UpgradeEndResponse later =
        new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(86_400));
    desk.receive(later, Delivery.UNICAST, new Peer(new Eui64(0x029A), 1));
    desk.work();
    desk.pass(60_000);
    assertThat(activates(desk)).isTrue();
  }

  @ParameterizedTest(name = "current {0}, request {1}, period {2}: after {3} ms")
  @CsvSource({
    "0, 60, -1, 60000",
    "0, 60, 0, 60000",
    "1000, 1060, 500, 60000",
    // Equal times: after the minimum block period.
    "0, 0, 250, 250",
    "1000, 1000, 250, 250",
    "0, 0, 0, 0",
    // The older form has no period and keeps the one before.
    "0, 0, -1, 0",
    // Nonsense, and all ones, which a request time may not be: a pause of our own.
    "100, 99, 0, 300000",
    "0, FFFFFFFF, 0, 300000",
    // Nobody waits for years.
    "0, 99999999, 0, 86400000",
  })
  void waitForDataWaitsAsLongAsItSays(String current, String request, int period, long millis) {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    int sent = desk.effects.sent.size();
    desk.receive(
        new ImageBlockResponse.WaitForData(
            time(current),
            time(request),
            period < 0 ? OptionalInt.empty() : OptionalInt.of(period)));
    if (millis > 0) {
      desk.pass(millis - 1);
      assertThat(desk.effects.sent).hasSize(sent);
    }
    desk.pass(1);
    assertThat(desk.effects.sent).hasSize(sent + 1);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.DOWNLOADING);
  }

  @Test
  void aDeviceThatCountsSecondsKeepsItsPaceInSeconds() {
    Desk desk =
        new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.BLOCK_PERIOD_IN_SECONDS, true))
            .downloading();
    desk.receive(
        new ImageBlockResponse.WaitForData(ZigBeeTime.ZERO, ZigBeeTime.ZERO, OptionalInt.of(2)));
    int sent = desk.effects.sent.size();
    desk.pass(1_999);
    assertThat(desk.effects.sent).hasSize(sent);
    desk.pass(1);
    assertThat(desk.effects.sent).hasSize(sent + 1);
  }
}
