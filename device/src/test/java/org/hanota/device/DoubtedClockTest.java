// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.junit.jupiter.api.Test;

/** A clock that is set far forward or back activates nothing early and stops nothing for ever. */
class DoubtedClockTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** A display that was given a time some days ahead, and that finds it in its journal. */
  private static Desk restartedWithDaysToGo(long days) {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(
        new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(days * DAY / 1_000)));
    desk.start();
    desk.work();
    desk.input(new Input.ServerFound(Desk.HUB));
    desk.pass(HOUR);
    return desk;
  }

  private static boolean activates(Desk desk) {
    return !desk.effects.events(UpdateEvent.Activating.class).isEmpty();
  }

  @Test
  void aClockThatIsSetFarForwardForAnHourActivatesNothing() {
    Desk desk = restartedWithDaysToGo(60);
    desk.utcShiftMillis = 400 * DAY;
    desk.pass(5 * HOUR);
    assertThat(activates(desk)).isFalse();
    assertThat(desk.effects.events(DeviceEvent.ClockDoubted.class)).hasSize(1);
    desk.utcShiftMillis = 0;
    desk.pass(HOUR);
    assertThat(desk.effects.events(DeviceEvent.ClockTrusted.class)).hasSize(1);
    // The honest update still happens, at its time.
    desk.pass(59 * DAY);
    assertThat(activates(desk)).isFalse();
    desk.pass(DAY);
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }

  @Test
  void aClockThatIsSetRightForGoodIsTakenAfterSomeHours() {
    Desk desk = restartedWithDaysToGo(60);
    desk.utcShiftMillis = 400 * DAY;
    desk.pass(7 * HOUR);
    assertThat(desk.effects.events(DeviceEvent.ClockTrusted.class)).hasSize(1);
    assertThat(activates(desk)).isTrue();
  }

  @Test
  void aClockThatIsWrongWhenADeviceStartsActivatesNothing() {
    Desk desk = restartedWithDaysToGo(60);
    desk.utcShiftMillis = 400 * DAY;
    desk.start();
    desk.work();
    desk.input(new Input.ServerFound(Desk.HUB));
    desk.pass(5 * HOUR);
    assertThat(activates(desk)).isFalse();
    desk.utcShiftMillis = 0;
    desk.pass(59 * DAY);
    assertThat(activates(desk)).isFalse();
    desk.pass(DAY);
    assertThat(activates(desk)).isTrue();
  }

  @Test
  void aClockThatStepsBackOverARestartOnlyMakesTheDeviceWait() {
    Desk desk = restartedWithDaysToGo(60);
    desk.utcShiftMillis = -300 * DAY;
    desk.start();
    desk.work();
    desk.input(new Input.ServerFound(Desk.HUB));
    desk.pass(70 * DAY);
    assertThat(activates(desk)).isFalse();
    assertThat(desk.effects.events(DeviceEvent.ClockDoubted.class)).hasSize(1);
    // Set right in the end, it is doubted for some hours once more; then the time has come.
    desk.utcShiftMillis = 0;
    desk.pass(HOUR);
    assertThat(activates(desk)).isFalse();
    desk.pass(6 * HOUR);
    assertThat(activates(desk)).isTrue();
  }

  /** A display whose server names a time of the device's own clock, in ten days. */
  private static Desk toldATimeOfItsClockWhileThatShows(long shiftMillis) {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.utcShiftMillis = shiftMillis;
    desk.receive(
        new UpgradeEndResponse(
            Desk.IMAGE,
            ZigBeeTime.INVALID,
            ZigBeeTime.ofUtcMillis(Desk.UTC_MILLIS + desk.nanos / 1_000_000 + 10 * DAY)));
    return desk;
  }

  @Test
  void aTimeOfADoubtedClockIsWaitedForUntilTheClockIsRight() {
    Desk desk = toldATimeOfItsClockWhileThatShows(400 * DAY);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(5 * HOUR);
    assertThat(activates(desk)).isFalse();
    desk.utcShiftMillis = 0;
    desk.pass(9 * DAY);
    assertThat(activates(desk)).isFalse();
    desk.pass(DAY);
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }

  @Test
  void aTimeOfADoubtedClockHasComeOnceTheClockIsConfirmed() {
    Desk desk = toldATimeOfItsClockWhileThatShows(400 * DAY);
    desk.pass(5 * HOUR);
    assertThat(activates(desk)).isFalse();
    desk.pass(2 * HOUR);
    assertThat(activates(desk)).isTrue();
  }

  @Test
  void aTimeThatADoubtedAndTheTrustedClockHavePassedHasCome() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.utcShiftMillis = 400 * DAY;
    desk.receive(
        new UpgradeEndResponse(
            Desk.IMAGE, ZigBeeTime.INVALID, ZigBeeTime.ofUtcMillis(Desk.UTC_MILLIS - DAY)));
    assertThat(activates(desk)).isTrue();
  }

  @Test
  void aTimeOfADoubtedClockOutlivesARestart() {
    Desk desk = toldATimeOfItsClockWhileThatShows(20 * DAY);
    for (int i = 0; i < 3; i++) {
      desk.pass(3 * HOUR);
      assertThat(activates(desk)).isFalse();
      desk.start();
      desk.work();
      desk.input(new Input.ServerFound(Desk.HUB));
    }
    desk.utcShiftMillis = 0;
    desk.pass(9 * DAY);
    assertThat(activates(desk)).isFalse();
    desk.pass(DAY);
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }

  /** 20 days are no more than a device may have been off: only the journal knows of the doubt. */
  @Test
  void aDoubtOutlivesARestart() {
    Desk desk = restartedWithDaysToGo(10);
    desk.utcShiftMillis = 400 * DAY;
    desk.pass(HOUR);
    desk.utcShiftMillis = 20 * DAY;
    for (int i = 0; i < 3; i++) {
      desk.pass(3 * HOUR);
      assertThat(activates(desk)).as("before restart " + i).isFalse();
      desk.start();
      desk.work();
      desk.input(new Input.ServerFound(Desk.HUB));
    }
    assertThat(activates(desk)).isFalse();
    desk.pass(7 * HOUR);
    assertThat(activates(desk)).isTrue();
  }
}
