// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hanota.api.FileVersion;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.device.FailingStorage.Moment;
import org.hanota.device.bank.ImageBank;
import org.junit.jupiter.api.Test;

/** A restart at every point of an update. */
class DeviceRestartTest {
  private static void resume(Desk desk) {
    desk.querying();
    if (desk.machine.state() == DeviceState.QUERYING) {
      desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
      desk.work();
    }
    desk.serve(Desk.FILE.length());
    desk.work();
    if (desk.machine.state() == DeviceState.ENDING) {
      if (desk.effects.messages(UpgradeEndRequest.class).isEmpty()) {
        desk.input(new Input.ServerFound(Desk.HUB));
      }
      desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
      desk.work();
    }
  }

  @Test
  void aRestartInMidTransferGoesOnAtTheStoredPosition() {
    Desk desk =
        new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.JOURNAL_OCTETS, 96)).downloading();
    desk.serve(480);
    desk.querying();
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    assertThat(desk.last())
        .isInstanceOfSatisfying(
            ImageBlockRequest.class,
            request -> assertThat(request.fileOffset()).isBetween(385L, 480L));
    assertThat(desk.waitingJobs).isEmpty();
  }

  @Test
  void anotherImageThanTheOneBegunIsTakenFromItsStart() {
    Desk desk =
        new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.JOURNAL_OCTETS, 96)).downloading();
    desk.serve(480);
    desk.querying();
    desk.receive(
        new QueryNextImageResponse.Success(
            Desk.IMAGE.withVersion(new FileVersion(0x0102_0000L)), Desk.FILE.length()));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ERASING);
  }

  /** Every save, erase and write, before it, within it and after it. */
  @Test
  void aPowerCutAtEveryStorageOperationEndsWithTheNewImageRunning() {
    int cuts =
        FailingStorage.atEachOperation(
            FailingStorage::losingPower,
            storage -> {
              Desk desk =
                  new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.JOURNAL_OCTETS, 96));
              ImageBank bank = desk.bank;
              desk.bank = storage.bank(bank);
              try {
                resume(desk);
              } catch (PowerLost lost) {
                assertThat(storage.hasFailed()).isTrue();
              }
              desk.bank = bank;
              // Power that goes while the new image tries itself rolls it back, and it is taken
              // again.
              for (int i = 0; i < 4; i++) {
                assertThat(bank.journal().running()).isIn(Desk.BEFORE, Desk.IMAGE.fileVersion());
                resume(desk);
              }
              desk.querying();
              assertThat(desk.machine.runningImage()).as(storage.toString()).isEqualTo(Desk.IMAGE);
              assertThat(bank.read(bank.journal().active(), Desk.FILE.length()))
                  .isEqualTo(Desk.FILE);
            });
    System.out.println(cuts + " cut points of one update survived");
    assertThat(cuts).isGreaterThan(90);
  }

  @Test
  void aNewImageThatDoesNotConfirmItselfIsRolledBackOnceAndToldAsFailed() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.selfTestPasses = false;
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    desk.work();
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(desk.effects.events(UpdateEvent.Failed.class))
        .extracting(UpdateEvent.Failed::failure)
        .containsExactly(UpdateEvent.Failure.ROLLED_BACK);
    // Told until a later call shows that whoever listens has heard it.
    desk.input(new DeviceInput.QueryNow());
    desk.start();
    desk.work();
    assertThat(desk.effects.events(UpdateEvent.Failed.class)).isEmpty();
  }

  @Test
  void aTimeThatWasSetOutlivesARestart() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(600)));
    desk.pass(60_000);
    desk.start();
    desk.work();
    // It asks whether the time is still the same; nobody answers.
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    desk.pass(540_000 - 1);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(1);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void nothingIsSentThatWasNotStoredFirst() {
    // The power goes at the write of the block, then at the save of its position.
    for (int operation = 1; operation <= 2; operation++) {
      Desk desk =
          new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.JOURNAL_OCTETS, 1)).downloading();
      FailingStorage storage = FailingStorage.losingPower();
      desk.bank = storage.bank(desk.bank);
      desk.querying();
      desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
      long offset = ((ImageBlockRequest) desk.last()).fileOffset();
      int sent = desk.effects.sent.size();
      storage.failAt(operation, Moment.BEFORE);
      assertThatThrownBy(() -> desk.receive(Desk.block(offset, 48))).isInstanceOf(PowerLost.class);
      assertThat(desk.effects.sent).as("operation " + operation).hasSize(sent);
    }
  }
}
