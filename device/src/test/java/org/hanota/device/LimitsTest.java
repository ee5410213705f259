// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server that lies neither wears a device out nor holds it for ever. */
class LimitsTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private static boolean isUpdated(Desk desk) {
    desk.input(new DeviceInput.QueryNow());
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    desk.work();
    desk.serve(Desk.FILE.length());
    desk.work();
    if (desk.machine.state() != DeviceState.ENDING) {
      return false;
    }
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    desk.work();
    return desk.machine.runningImage().equals(Desk.IMAGE);
  }

  @Test
  void offersForEverDoNotWearTheFlashOut() {
    Desk desk = Desk.of(DeviceType.PPMID).querying();
    int erases = 0;
    for (int i = 0; i < 1_000; i++) {
      ImageId image = Desk.IMAGE.withVersion(new FileVersion(0x0200_0000L + i));
      desk.receive(new QueryNextImageResponse.Success(image, Desk.FILE.length()));
      erases += (int) desk.waitingJobs.stream().filter(j -> j.kind() == Job.Kind.ERASE).count();
      desk.work();
      if (desk.machine.state() == DeviceState.DOWNLOADING) {
        desk.receive(ImageBlockResponse.Refusal.ABORT);
      }
      desk.pass(60_000);
      desk.input(new DeviceInput.QueryNow());
    }
    System.out.println(erases + " erases in 1000 offers over " + 1_000 / 60 + " hours");
    assertThat(erases).isBetween(20, 25);
    assertThat(desk.effects.events(UpdateEvent.Failed.class))
        .anySatisfy(failed -> assertThat(failed.detail()).contains("no erase is left"));
    // An honest server is served again after the wait.
    desk.receive(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    desk.pass(4 * HOUR);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(isUpdated(desk)).isTrue();
  }

  @Test
  void aRestartGivesNoErasesBack() {
    Desk desk = Desk.of(DeviceType.PPMID);
    int erases = 0;
    for (int i = 0; i < 100; i++) {
      ImageId image = Desk.IMAGE.withVersion(new FileVersion(0x0200_0000L + i));
      desk.querying();
      desk.receive(new QueryNextImageResponse.Success(image, Desk.FILE.length()));
      erases += (int) desk.waitingJobs.stream().filter(j -> j.kind() == Job.Kind.ERASE).count();
      desk.work();
    }
    assertThat(erases).isEqualTo(20);
  }

  /** Answers each block request by {@code answer}, each query by the offer, for {@code days}. */
  private static void holds(Desk desk, long days, ZclMessage answer) {
    long end = desk.nanos + days * DAY * 1_000_000;
    int seen = desk.effects.sent.size();
    while (desk.nanos < end) {
      if (desk.effects.sent.size() == seen) {
        desk.tick();
        continue;
      }
      seen = desk.effects.sent.size();
      if (desk.last() instanceof ImageBlockRequest) {
        desk.receive(answer);
      } else if (desk.last() instanceof QueryNextImageRequest) {
        desk.receive(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
      } else if (desk.last() instanceof UpgradeEndRequest) {
        desk.refuse(ZclStatus.SUCCESS);
      }
    }
  }

  /** What a restart before the answer found in the journal went on until its age was stored. */
  @Test
  void aDownloadThatTookTooLongIsForgottenBeforeTheServerIsTold() {
    Desk desk = new Desk(DeviceType.PPMID, p -> p).downloading();
    desk.serve(480);
    ZclMessage wait =
        new ImageBlockResponse.WaitForData(
            ZigBeeTime.ZERO, new ZigBeeTime(3_600), OptionalInt.empty());
    for (int i = 0; i < 1_000 && desk.machine.state() != DeviceState.ENDING; i++) {
      desk.receive(wait);
      desk.tick();
    }
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.ABORT, Desk.IMAGE));
    assertThat(desk.bank.journal().download()).isEmpty();
    desk.start();
    assertThat(desk.bank.journal().download()).isEmpty();
    assertThat(desk.effects.events(UpdateEvent.Started.class)).isEmpty();
  }

  private static void isGivenUp(Desk desk) {
    assertThat(desk.effects.events(UpdateEvent.Failed.class))
        .extracting(UpdateEvent.Failed::failure)
        .contains(Failure.EXPIRED);
    assertThat(desk.bank.journal().download()).isEmpty();
    assertThat(isUpdated(desk)).isTrue();
  }

  @Test
  @DisplayName("attack 8: WAIT_FOR_DATA does not hold a device for ever")
  void waitForDataDoesNotHoldADeviceForEver() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    holds(
        desk,
        40,
        new ImageBlockResponse.WaitForData(
            ZigBeeTime.ZERO, new ZigBeeTime(3_600), OptionalInt.empty()));
    isGivenUp(desk);
  }

  @Test
  @DisplayName("attack 8: a download that makes no end is given up although it moves")
  void aDownloadThatMakesNoEndIsGivenUpAlthoughItMoves() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    long end = desk.nanos + 40 * DAY * 1_000_000;
    while (desk.nanos < end && desk.machine.state() == DeviceState.DOWNLOADING) {
      ImageBlockRequest request = (ImageBlockRequest) desk.last();
      if (request.fileOffset() < Desk.FILE.length() - 1 && desk.nanos % 7 == 0) {
        desk.receive(Desk.block(request.fileOffset(), 1));
      }
      desk.receive(
          new ImageBlockResponse.WaitForData(
              ZigBeeTime.ZERO, new ZigBeeTime(3 * 3_600), OptionalInt.empty()));
      desk.pass(3 * HOUR);
    }
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.ABORT, Desk.IMAGE));
    desk.refuse(ZclStatus.SUCCESS);
    isGivenUp(desk);
  }

  @Test
  void theLimitHoldsOverRestarts() {
    Desk desk =
        new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.JOURNAL_OCTETS, 1)).downloading();
    desk.serve(48);
    int days = 0;
    while (desk.bank.journal().download().isPresent() && days < 100) {
      desk.querying();
      desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
      desk.work();
      for (int hour = 0; hour < 24; hour++) {
        desk.pass(HOUR);
        if (desk.machine.state() == DeviceState.DISCOVERING) {
          desk.input(new Input.NoServer());
        }
      }
      days++;
    }
    assertThat(days).isBetween(30, 32);
    assertThat(desk.effects.events(UpdateEvent.Failed.class))
        .extracting(UpdateEvent.Failed::failure)
        .contains(Failure.EXPIRED);
  }

  @Test
  void aMinimumBlockPeriodBeyondTheCapDoesNotSlowADeviceToOneBlockAMinute() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.receive(
        new ImageBlockResponse.WaitForData(
            ZigBeeTime.ZERO, ZigBeeTime.ZERO, OptionalInt.of(0xFFFF)));
    int before = desk.count(ImageBlockRequest.class);
    desk.pass(10_000);
    assertThat(desk.count(ImageBlockRequest.class)).isEqualTo(before + 1);
    desk.receive(Desk.block(0, 48));
    desk.pass(10_000);
    assertThat(desk.count(ImageBlockRequest.class)).isEqualTo(before + 2);
    // What the server set is what the device says, so that an honest server sees no difference.
    assertThat(((ImageBlockRequest) desk.last()).options().minimumBlockPeriod()).hasValue(0xFFFF);
  }

  @Test
  void aFileThatWasReplacedInMidTransferIsTakenFromItsStart() {
    for (QueryNextImageResponse.Success offer :
        new QueryNextImageResponse.Success[] {
          new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length() + 1),
          new QueryNextImageResponse.Success(
              Desk.IMAGE.withVersion(new FileVersion(0x0102_0000L)), Desk.FILE.length())
        }) {
      Desk desk =
          new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.JOURNAL_OCTETS, 96)).downloading();
      desk.serve(480);
      // It keeps its place while nobody answers, and asks again.
      while (desk.machine.state() != DeviceState.QUERYING) {
        desk.tick();
      }
      desk.receive(offer);
      assertThat(desk.machine.state()).isEqualTo(DeviceState.ERASING);
      desk.work();
      assertThat(desk.last())
          .isInstanceOfSatisfying(
              ImageBlockRequest.class, request -> assertThat(request.fileOffset()).isZero());
    }
  }
}
