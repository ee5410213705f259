// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.VerificationStep;
import org.hanota.otaformat.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device takes, and what it lets be. */
class OfferTest {
  private static void isAnswered(Desk desk, ZclStatus status) {
    assertThat(desk.last())
        .isInstanceOfSatisfying(
            DefaultResponse.class, answer -> assertThat(answer.status()).isEqualTo(status));
  }

  @Test
  void anImageOfAnotherModelIsRefused() {
    for (ImageId wrong :
        new ImageId[] {
          ImageId.of(0x121E, 0x0080, 0x0101_0000L),
          ImageId.of(0x121D, 0x0081, 0x0101_0000L),
          ImageId.of(0x121D, 0x0080, 0xFFFF_FFFFL),
          ImageId.WILD_CARD
        }) {
      Desk desk = Desk.of(DeviceType.PPMID).querying();
      desk.receive(new QueryNextImageResponse.Success(wrong, Desk.FILE.length()));
      assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
      isAnswered(desk, ZclStatus.INVALID_FIELD);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "55"})
  void anImageShorterThanAHeaderIsRefused(long size) {
    Desk desk = Desk.of(DeviceType.PPMID).querying();
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, size));
    isAnswered(desk, ZclStatus.INVALID_FIELD);
  }

  @Test
  void anImageWithoutRoomIsRefusedByItsStatusAndNothingIsErased() {
    Desk desk =
        new Desk(
                DeviceType.PPMID,
                p -> p.with(DeviceParameter.MAXIMUM_IMAGE_OCTETS, Desk.FILE.length() - 1))
            .querying();
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    isAnswered(desk, ZclStatus.INSUFFICIENT_SPACE);
    assertThat(desk.waitingJobs).isEmpty();
    assertThat(desk.effects.events(UpdateEvent.Failed.class).get(0).failure())
        .isEqualTo(UpdateEvent.Failure.INSUFFICIENT_SPACE);
  }

  @Test
  void theVersionThatRunsIsNotTakenAgain() {
    Desk desk = Desk.of(DeviceType.PPMID).querying();
    desk.receive(
        new QueryNextImageResponse.Success(
            Desk.IMAGE.withVersion(Desk.BEFORE), Desk.FILE.length()));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.waitingJobs).isEmpty();
  }

  @Test
  void aBlockThatWasNotAskedForIsLetBe() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.serve(96);
    int sent = desk.effects.sent.size();
    Octets data = Desk.FILE.slice(96, 48);
    ImageId other = Desk.IMAGE.withVersion(Desk.BEFORE);
    for (ZclMessage block :
        new ZclMessage[] {
          Desk.block(0, 48),
          Desk.block(144, 48),
          new ImageBlockResponse.Success(other, 96, data),
          new ImageBlockResponse.Success(Desk.IMAGE, 96, Desk.FILE.slice(96, 49)),
          new ImageBlockResponse.Success(Desk.IMAGE, 96, Octets.EMPTY)
        }) {
      desk.receive(block);
      assertThat(desk.effects.sent).hasSize(sent);
    }
    desk.receive(Desk.block(96, 48), Delivery.UNICAST, new Peer(new Eui64(77), 1));
    assertThat(desk.effects.sent).hasSize(sent);
    assertThat(desk.machine.counts().ignored()).isEqualTo(6);
    // Less than was asked for is allowed.
    desk.receive(Desk.block(96, 7));
    assertThat(desk.last())
        .isInstanceOfSatisfying(
            ImageBlockRequest.class, request -> assertThat(request.fileOffset()).isEqualTo(103));
  }

  @Test
  void anImageThatFailsItsCheckIsToldAsInvalidAndNeverRuns() {
    Verifier refuses =
        new Verifier("refuses") {
          @Override
          protected Check check(OctetSource file, OtaHeader header) {
            return new Check.Failed(VerificationStep.MANUFACTURER, "the test says so");
          }
        };
    Desk desk = new Desk(DeviceType.PPMID, p -> p, refuses).ending();
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.INVALID_IMAGE, Desk.IMAGE));
    desk.receive(new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    desk.refuse(ZclStatus.SUCCESS);
    desk.pass(60_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
    assertThat(desk.bank.journal().download()).isEmpty();
  }

  @Test
  void anImageOfTheSameSizeWithAnotherHeaderIsInvalid() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    Octets other = Desk.file(Desk.IMAGE.withVersion(Desk.BEFORE), 1_000, 1);
    while (desk.last() instanceof ImageBlockRequest request
        && desk.machine.state() == DeviceState.DOWNLOADING) {
      desk.receive(
          new ImageBlockResponse.Success(
              Desk.IMAGE,
              request.fileOffset(),
              other.slice((int) request.fileOffset(), request.maximumDataSize())));
    }
    desk.work();
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.INVALID_IMAGE, Desk.IMAGE));
  }

  @Test
  void anAbortOfTheServerEndsTheDownloadAndTheNextQueryBeginsAnew() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    desk.serve(480);
    desk.receive(ImageBlockResponse.Refusal.ABORT);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.bank.journal().download()).isEmpty();
    desk.input(new DeviceInput.QueryNow());
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    desk.work();
    assertThat(((ImageBlockRequest) desk.last()).fileOffset()).isZero();
  }

  @Test
  void anAbortOfTheServerToTheEndRequestDropsTheImage() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.refuse(ZclStatus.ABORT);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.bank.journal().download()).isEmpty();
  }

  @Test
  void aServerWithoutPagesIsAskedForBlocks() {
    Desk desk =
        new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.PAGE_SIZE, 400)).downloading();
    assertThat(desk.last()).isInstanceOf(ImagePageRequest.class);
    desk.refuse(ZclStatus.UNSUP_CLUSTER_COMMAND);
    assertThat(desk.last()).isInstanceOf(ImageBlockRequest.class);
    desk.serve(Desk.FILE.length());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
  }

  @Test
  void whatIsMissingOfAPageIsAskedForBlockByBlock() {
    Desk desk =
        new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.PAGE_SIZE, 480)).downloading();
    for (long at = 0; at < 480; at += 48) {
      if (at != 96) {
        desk.receive(Desk.block(at, 48));
      }
    }
    desk.pass(10_000);
    assertThat(desk.effects.messages(ImageBlockRequest.class).get(0).fileOffset()).isEqualTo(96);
    desk.receive(Desk.block(96, 48));
    assertThat(((ImagePageRequest) desk.last()).fileOffset()).isEqualTo(480);
  }

  @Test
  void aUnicastNotifyAlwaysQueriesAndABroadcastOnlyWhenItFits() {
    assertThat(queries(notify(Desk.IMAGE), Delivery.UNICAST)).isTrue();
    assertThat(queries(notify(Desk.IMAGE.withVersion(Desk.BEFORE)), Delivery.UNICAST)).isTrue();
    assertThat(queries(notify(Desk.IMAGE), Delivery.BROADCAST)).isTrue();
    assertThat(queries(notify(Desk.IMAGE.withVersion(Desk.BEFORE)), Delivery.BROADCAST)).isFalse();
    assertThat(queries(notify(ImageId.of(0x9999, 0x80, 1)), Delivery.BROADCAST)).isFalse();
    assertThat(queries(notify(ImageId.of(0x121D, 0x99, 1)), Delivery.BROADCAST)).isFalse();
    assertThat(queries(notify(ImageId.WILD_CARD), Delivery.BROADCAST)).isTrue();
  }

  private static ImageNotify notify(ImageId image) {
    return ImageNotify.of(image);
  }

  private static boolean queries(ImageNotify notify, Delivery delivery) {
    Desk desk = Desk.of(DeviceType.PPMID).querying();
    desk.receive(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    int before = desk.count(QueryNextImageRequest.class);
    desk.receive(notify, delivery, Desk.HUB);
    return desk.count(QueryNextImageRequest.class) > before;
  }

  @Test
  void ofManyDevicesAboutTheJittersShareAnswersABroadcast() {
    Desk desk = Desk.of(DeviceType.PPMID).querying();
    desk.receive(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    ImageNotify notify = new ImageNotify(ImageNotify.PayloadType.NEW_FILE_VERSION, 30, Desk.IMAGE);
    int queried = 0;
    for (int i = 0; i < 1_000; i++) {
      int before = desk.count(QueryNextImageRequest.class);
      desk.receive(notify, Delivery.BROADCAST, Desk.HUB);
      if (desk.count(QueryNextImageRequest.class) > before) {
        queried++;
        desk.receive(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
      }
    }
    assertThat(queried).isBetween(240, 360);
  }
}
