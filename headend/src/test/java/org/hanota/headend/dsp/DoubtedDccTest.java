// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.CSP;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Input;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;

/** What a clock of the head end that jumps far ahead ends at the DCC: nothing. [hanota H130] */
class DoubtedDccTest extends HeadEndCase {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  /** Every machine is asked something, so that each looks at its clock. */
  private void everybodyLooks() {
    for (Eui64 each : List.of(DSP, CSP, SUPPLIER)) {
      world.input(each, new Input.NoServer());
    }
    world.run();
  }

  private void clockIsWrongFor(long millis) {
    world.aheadMillis = YEAR;
    everybodyLooks();
    world.pass(millis);
    everybodyLooks();
    world.pass(MINUTE);
    world.aheadMillis = 0;
    everybodyLooks();
    world.pass(MINUTE);
  }

  @Test
  void aTrackDoesNotExpireByAClockThatIsWrongForAWhile() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    List<TrackState> before = states();
    clockIsWrongFor(5 * HOUR);
    assertThat(states()).isEqualTo(before).doesNotContain(TrackState.EXPIRED);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash(), true);
    assertThat(states()).containsExactly(TrackState.VERIFIED);
  }

  @Test
  void aTrackExpiresAtItsTimeAfterADoubt() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    clockIsWrongFor(5 * HOUR);
    world.pass(9 * DAY);
    assertThat(states()).containsExactly(TrackState.EXPIRED);
  }

  @Test
  void nothingThatIsOnItsWayToAHubEndsByAClockThatIsWrongForAWhile() {
    world.hubTakes = false;
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    clockIsWrongFor(5 * HOUR);
    assertThat(states()).doesNotContain(TrackState.EXPIRED);
    world.hubTakes = true;
    world.pass(10 * MINUTE);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash(), true);
    assertThat(states()).containsExactly(TrackState.VERIFIED);
  }

  @Test
  void noRestartEndsADoubt() {
    for (Eui64 each : List.of(DSP, CSP)) {
      world = new HeadEndWorld();
      world.hubTakes = false;
      world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
      world.pass(MINUTE);
      // The clock is set while it is off.
      world.aheadMillis = YEAR;
      world.restart(each);
      world.pass(HOUR);
      world.restart(each);
      world.pass(HOUR);
      world.aheadMillis = 0;
      world.restart(each);
      world.hubTakes = true;
      world.pass(10 * MINUTE);
      world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
      world.receipt(ESME, SUPPLIER, hash(), true);
      assertThat(states()).as(each.toString()).containsExactly(TrackState.VERIFIED);
    }
  }

  @Test
  void usersAreAnsweredWhileTheClockIsInDoubt() {
    distribute();
    world.aheadMillis = YEAR;
    everybodyLooks();
    activate(inAnHour());
    world.answer(new ActivateFirmware.CommandAccepted());
    assertThat(states()).containsExactly(TrackState.VERIFIED, TrackState.ACTIVATION_PENDING);
  }

  /** The clock was wrong before: equal readings over some hours confirm the right one. */
  @Test
  void aClockThatIsRightAfterAllIsTakenAndThingsGoOn() {
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.aheadMillis = 40 * DAY;
    everybodyLooks();
    world.pass(5 * HOUR);
    assertThat(states()).doesNotContain(TrackState.EXPIRED);
    world.pass(2 * HOUR);
    assertThat(states()).containsExactly(TrackState.EXPIRED);
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    assertThat(world.lastTrack(ESME).state()).isNotEqualTo(TrackState.EXPIRED);
  }
}
