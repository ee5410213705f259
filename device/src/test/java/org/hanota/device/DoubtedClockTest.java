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

  /** A display that was given a time 60 days ahead, and that finds it in its journal. */
  private static Desk restartedWith60DaysToGo() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(
        new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(60 * DAY / 1_000)));
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
    Desk desk = restartedWith60DaysToGo();
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
    Desk desk = restartedWith60DaysToGo();
    desk.utcShiftMillis = 400 * DAY;
    desk.pass(7 * HOUR);
    assertThat(desk.effects.events(DeviceEvent.ClockTrusted.class)).hasSize(1);
    assertThat(activates(desk)).isTrue();
  }

  @Test
  void aClockThatIsWrongWhenADeviceStartsActivatesNothing() {
    Desk desk = restartedWith60DaysToGo();
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
    Desk desk = restartedWith60DaysToGo();
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
}
