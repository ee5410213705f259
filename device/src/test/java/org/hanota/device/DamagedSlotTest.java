// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Slot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A slot that is damaged between the swap and the first start: what boots is what was verified. */
class DamagedSlotTest {
  /** Up to the reboot, which has not happened yet. */
  private static Desk swapped() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    desk.input(desk.waitingJobs.remove(0).work().get());
    assertThat(desk.waitingJobs).extracting(Job::kind).containsExactly(Job.Kind.REBOOT);
    return desk;
  }

  private static void damage(Desk desk, long at) {
    Octets found = desk.bank.read(desk.bank.journal().active(), at + 1).octets(at, 1);
    desk.bank.write(
        desk.bank.journal().active(),
        at,
        Octets.wrap(new byte[] {(byte) (found.toByteArray()[0] ^ 0x10)}));
  }

  private static void isRolledBack(Desk desk) {
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(desk.effects.events(UpdateEvent.Confirmed.class)).isEmpty();
    assertThat(desk.effects.events(UpdateEvent.Failed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.failure()).isEqualTo(Failure.ROLLED_BACK))
        .satisfies(failed -> assertThat(failed.detail()).contains("SHA-256 in the slot is"));
  }

  @Test
  @DisplayName("attack 15: a damaged slot is not started, but told and rolled back")
  void aDamagedSlotIsNotStartedButToldAndRolledBack() {
    for (long at : new long[] {0, 500, Desk.FILE.length() - 1}) {
      Desk desk = swapped();
      damage(desk, at);
      desk.start();
      assertThat(desk.waitingJobs).as("the new image does not try itself").isEmpty();
      isRolledBack(desk);
      // Told again until a later call shows that it was heard.
      desk.start();
      isRolledBack(desk);
    }
  }

  @Test
  void aSlotThatIsDamagedDuringItsTrialsIsNotStartedAgain() {
    Desk desk = swapped();
    desk.start();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.TRYING);
    damage(desk, 700);
    desk.start();
    isRolledBack(desk);
  }

  @Test
  void aSlotThatCannotBeReadUsesItsTrialsUp() {
    Desk desk = swapped();
    ImageBank works = desk.bank;
    desk.bank =
        new ForwardingImageBank(works) {
          @Override
          public OctetSource read(Slot slot, long size) {
            throw new UncheckedIOException("the slot cannot be read", new IOException("worn out"));
          }
        };
    for (int trial = 0; trial < 3; trial++) {
      assertThatThrownBy(desk::start).isInstanceOf(UncheckedIOException.class);
    }
    desk.bank = works;
    desk.start();
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
  }

  @Test
  void anUndamagedSlotStarts() {
    Desk desk = swapped();
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }
}
