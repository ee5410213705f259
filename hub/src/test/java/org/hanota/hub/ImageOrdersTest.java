// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.ImageOrder.Kind;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator said of an image holds for every device, until somebody says otherwise. */
class ImageOrdersTest {
  private static final String WHY = "alice: drains the battery";
  private static final UpgradeTime LATER =
      new UpgradeTime.At(Counter.UTC_MILLIS + 60 * 86_400_000L);

  /** Devices 1 and 2 download, 1 by an offer; 3 was never heard. */
  private static Counter underWay() {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    hub.offer(1);
    for (int device = 1; device <= 2; device++) {
      hub.query(device);
      hub.block(device, 0);
      assertThat(hub.phase(device)).isEqualTo(Phase.TRANSFERRING);
    }
    return hub;
  }

  private static Answer say(Counter hub, HubInput order) {
    Answer answer = hub.machine.check(order);
    if (answer instanceof Answer.Accepted) {
      hub.input(order);
    }
    return answer;
  }

  private static Answer order(Counter hub, Kind kind, ImageId image) {
    return say(hub, new HubInput.OrderImage(new ImageOrder(image, kind, WHY)));
  }

  private static void order(Counter hub, Kind kind) {
    assertThat(order(hub, kind, Counter.IMAGE)).isEqualTo(new Answer.Accepted());
  }

  private static Answer resume(Counter hub) {
    return say(hub, new HubInput.ResumeImage(Counter.IMAGE));
  }

  private static void isRefused(Answer answer, String... words) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.reason()).contains(words));
  }

  private static void getsNothing(Counter hub, int device) {
    hub.query(device);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Refusal.class);
  }

  private static void getsIt(Counter hub, int device) {
    hub.query(device);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAbortGivesEveryUpdateOfTheImageUpAndNobodyElseGetsIt(boolean restarted) {
    Counter hub = underWay();
    order(hub, Kind.ABORTED);
    if (restarted) {
      hub.start();
    }
    for (int device = 1; device <= 2; device++) {
      getsNothing(hub, device);
      assertThat(hub.phase(device)).isEqualTo(Phase.FAILED);
      assertThat(hub.status(device).failure())
          .hasValueSatisfying(
              last -> {
                assertThat(last.failure()).isEqualTo(Failure.STOPPED);
                assertThat(last.detail()).isEqualTo(WHY);
              });
    }
    getsNothing(hub, 3);
    assertThat(hub.machine.catalogue().get(0).order())
        .contains(new ImageOrder(Counter.IMAGE, Kind.ABORTED, WHY));
  }

  @Test
  void anAbortWithdrawsTheImageFromWhoWaitsForItsDate() {
    Counter hub = new Counter(p -> p).start();
    hub.input(
        new HubInput.Start(
            new Offer(Counter.device(1), Counter.IMAGE, LATER, 100, Optional.empty())));
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    hub.effects.clear();
    order(hub, Kind.ABORTED);
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            UpgradeEndResponse.class,
            held -> assertThat(held.image()).isEqualTo(ImageId.WILD_CARD));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anOfferGoesBeforeItForItsDeviceAlone(Kind kind) {
    Counter hub = underWay();
    order(hub, kind);
    hub.offer(3);
    getsIt(hub, 3);
    hub.block(3, 0);
    assertThat(hub.phase(3)).isEqualTo(Phase.TRANSFERRING);
    getsNothing(hub, 4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPauseHoldsWhoHasBegunAndLetsNobodyElseBegin(boolean restarted) {
    Counter hub = underWay();
    order(hub, Kind.PAUSED);
    if (restarted) {
      hub.start();
    }
    for (int device = 1; device <= 2; device++) {
      getsIt(hub, device);
      hub.block(device, 48);
      assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
      assertThat(hub.phase(device)).isEqualTo(Phase.PAUSED);
    }
    getsNothing(hub, 3);
    assertThat(resume(hub)).isEqualTo(new Answer.Accepted());
    for (int device = 1; device <= 3; device++) {
      getsIt(hub, device);
      hub.blocks(device);
      assertThat(hub.phase(device)).isEqualTo(Phase.VERIFYING);
    }
    assertThat(hub.machine.catalogue().get(0).order()).isEmpty();
  }

  /** Its offer would name the image, but there is none. */
  @Test
  void whatIsHeldOverARestartWithoutAnOfferIsGivenUpWithItsImage() {
    Counter hub = underWay();
    order(hub, Kind.PAUSED);
    hub.start();
    order(hub, Kind.ABORTED);
    assertThat(hub.phase(2)).isEqualTo(Phase.FAILED);
  }

  @Test
  void oneDeviceIsLetGoOnAlthoughTheImageIsPaused() {
    Counter hub = underWay();
    order(hub, Kind.PAUSED);
    say(hub, new HubInput.Resume(Counter.device(2).address()));
    getsIt(hub, 2);
    hub.blocks(2);
    assertThat(hub.phase(2)).isEqualTo(Phase.VERIFYING);
    assertThat(hub.phase(1)).isEqualTo(Phase.PAUSED);
  }

  @Test
  void whatWasAbortedIsNotBegunAgainByAResumeButOthersGetTheImage() {
    Counter hub = underWay();
    order(hub, Kind.ABORTED);
    assertThat(resume(hub)).isEqualTo(new Answer.Accepted());
    getsNothing(hub, 1);
    getsIt(hub, 3);
  }

  @Test
  void anotherImageIsServed() {
    Counter hub = underWay();
    order(hub, Kind.ABORTED);
    ImageId next = Counter.IMAGE.withVersion(new FileVersion(0x0102_0000L));
    hub.put(Counter.file(OtaHeader.of(next)));
    hub.input(new HubInput.ImagesChanged());
    hub.query(3);
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            QueryNextImageResponse.Success.class,
            named -> assertThat(named.image()).isEqualTo(next));
  }

  @Test
  void aWildCardAsManufacturerNamesTheImageOfEveryone() {
    Counter hub = underWay();
    ImageId any =
        new ImageId(
            ManufacturerCode.WILD_CARD, Counter.IMAGE.imageType(), Counter.IMAGE.fileVersion());
    assertThat(order(hub, Kind.ABORTED, any)).isEqualTo(new Answer.Accepted());
    assertThat(hub.phase(2)).isEqualTo(Phase.FAILED);
    getsNothing(hub, 3);
    assertThat(hub.machine.catalogue().get(0).order()).isPresent();
  }

  @Test
  void anImageWithoutAnyUpdateOrOfferIsRefusedByName() {
    Counter hub = underWay();
    ImageId other = ImageId.of(0x1234, 0x0001, 7);
    for (Kind kind : Kind.values()) {
      isRefused(order(hub, kind, other), "1234-0001-00000007", "none of this hub's images");
    }
    isRefused(
        say(hub, new HubInput.ResumeImage(other)), "1234-0001-00000007", "nothing was said of it");
    order(hub, Kind.ABORTED);
    isRefused(order(hub, Kind.ABORTED, Counter.IMAGE), "aborted already", WHY);

    Counter offersOnly = new Counter(p -> p.with(HubParameter.SERVES_UNASKED, false)).start();
    offersOnly.query(1);
    isRefused(order(offersOnly, Kind.ABORTED, Counter.IMAGE), "serves only what is offered");
    offersOnly.offer(1);
    order(offersOnly, Kind.PAUSED);
    assertThat(offersOnly.phase(1)).isEqualTo(Phase.PAUSED);
  }

  /** A pause without an offer was gathered with what devices say, and lost with the power. */
  @Test
  void aPauseIsStoredBeforeItsCallEnds() {
    Counter hub = underWay();
    hub.input(new HubInput.Pause(Counter.device(2).address()));
    hub.start();
    assertThat(hub.phase(2)).isEqualTo(Phase.PAUSED);
    hub.input(new HubInput.Resume(Counter.device(2).address()));
    hub.start();
    assertThat(hub.phase(2)).isNotEqualTo(Phase.PAUSED);
  }
}
