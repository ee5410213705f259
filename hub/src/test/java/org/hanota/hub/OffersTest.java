// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryDeviceSpecificFileRequest;
import org.hanota.api.zcl.QueryDeviceSpecificFileResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.catalogue.Restrictions;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is offered what, and when. */
class OffersTest {
  private static final QueryNextImageResponse NONE =
      new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE);

  static void isOffered(Counter hub) {
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Success(Counter.IMAGE, Counter.FILE.length()));
  }

  private static Counter only(OtaHeader header) {
    Counter hub = new Counter(p -> p);
    hub.images.remove(hub.images.images().get(0).sha256());
    hub.put(Counter.file(header));
    return hub.start();
  }

  @Test
  void aQueryIsAnsweredTheSameHoweverOftenItComes() {
    Counter hub = new Counter(p -> p).start();
    for (int i = 0; i < 5; i++) {
      hub.query(1);
      isOffered(hub);
    }
    hub.block(1, 0);
    hub.query(1);
    isOffered(hub);
    hub.block(1, 48);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  @Test
  @DisplayName("attack 13: a device of another model is offered nothing")
  void aDeviceOfAnotherModelIsOfferedNothing() {
    Counter hub = new Counter(p -> p).start();
    for (ImageId running :
        new ImageId[] {
          ImageId.of(0x121E, 0x0080, 1),
          ImageId.of(0x121D, 0x0081, 1),
          Counter.IMAGE,
          Counter.IMAGE.withVersion(new FileVersion(0x0200_0000L))
        }) {
      hub.query(1, running, Optional.empty());
      assertThat(hub.answer()).isEqualTo(NONE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00FF, 0x0200, 0xFFFF})
  @DisplayName(
      "attack 13: hardware outside of the range is offered nothing even if it is asked for")
  void hardwareOutsideOfTheRangeIsOfferedNothingEvenIfItIsAskedFor(int hardware) {
    Counter hub =
        only(
            OtaHeader.of(Counter.IMAGE)
                .withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF)));
    Optional<HardwareVersion> version = Optional.of(new HardwareVersion(hardware));
    hub.query(1, Counter.BEFORE, version);
    assertThat(hub.answer()).isEqualTo(NONE);
    assertThat(hub.machine.check(Offer.of(Counter.device(1), Counter.IMAGE)))
        .isInstanceOf(HubControl.Answer.Refused.class);
    hub.offer(1);
    hub.query(1, Counter.BEFORE, version);
    assertThat(hub.answer()).isEqualTo(NONE);
    hub.block(1, 0);
    assertThat(hub.effects.messages(ImageBlockResponse.Success.class)).isEmpty();
    hub.query(2, Counter.BEFORE, Optional.of(new HardwareVersion(0x01FF)));
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  @Test
  void anImageForSomeHardwareIsNotForADeviceThatDoesNotTellItsOwn() {
    Counter hub =
        only(
            OtaHeader.of(Counter.IMAGE)
                .withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF)));
    hub.query(1, Counter.BEFORE, Optional.empty());
    assertThat(hub.answer()).isEqualTo(NONE);
    Counter any = only(OtaHeader.of(Counter.IMAGE));
    any.query(1, Counter.BEFORE, Optional.empty());
    assertThat(any.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  @Test
  void anImageForOneDeviceIsOfferedToNoOther() {
    Counter hub =
        only(OtaHeader.of(Counter.IMAGE).withUpgradeFileDestination(Counter.device(1).address()));
    hub.query(1);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
    hub.query(2);
    assertThat(hub.answer()).isEqualTo(NONE);
    hub.block(2, 0);
    assertThat(hub.answer()).isInstanceOf(DefaultResponse.class);
  }

  @Test
  @DisplayName("attack 13: a file for one device is named to that device alone")
  void aFileForOneDeviceIsNamedToThatDeviceAlone() {
    ImageId log = ImageId.of(0x121D, 0xFFC2, 1);
    Counter hub = only(OtaHeader.of(log).withUpgradeFileDestination(Counter.device(1).address()));
    Eui64 one = Counter.device(1).address();
    hub.receive(1, new QueryDeviceSpecificFileRequest(one, log, 2));
    assertThat(hub.answer()).isInstanceOf(QueryDeviceSpecificFileResponse.Success.class);
    hub.receive(2, new QueryDeviceSpecificFileRequest(one, log, 2));
    assertThat(hub.answer())
        .isEqualTo(new QueryDeviceSpecificFileResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
  }

  /** One gate for both ways of asking: hardware, quarantine, type range, what was taken back. */
  @Test
  void aFileForOneDeviceGoesThroughTheSameGateAsAnImage() {
    Eui64 one = Counter.device(1).address();
    for (int type : new int[] {0x0080, 0xFFBF, 0xFFFF}) {
      ImageId image = ImageId.of(0x121D, type, Counter.IMAGE.fileVersion().value());
      Counter hub = only(OtaHeader.of(image).withUpgradeFileDestination(one));
      hub.receive(1, new QueryDeviceSpecificFileRequest(one, image, 2));
      assertThat(hub.answer())
          .as("image type " + type)
          .isEqualTo(new QueryDeviceSpecificFileResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    }
    ImageId log = ImageId.of(0x121D, 0xFFC2, 5);
    Counter hub =
        only(
            OtaHeader.of(log)
                .withUpgradeFileDestination(one)
                .withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF)));
    hub.query(1, Counter.BEFORE, Optional.of(new HardwareVersion(0x0300)));
    hub.receive(1, new QueryDeviceSpecificFileRequest(one, log, 2));
    assertThat(hub.answer())
        .as("other hardware")
        .isEqualTo(new QueryDeviceSpecificFileResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    hub = only(OtaHeader.of(log).withUpgradeFileDestination(one));
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), log)));
    hub.abort(1);
    hub.receive(1, new QueryDeviceSpecificFileRequest(one, log, 2));
    assertThat(hub.answer())
        .as("taken back")
        .isEqualTo(new QueryDeviceSpecificFileResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
  }

  @Test
  void aLowerVersionNeedsAPermissionThatIsRecorded() {
    Counter hub = new Counter(p -> p).start();
    ImageId newer = Counter.IMAGE.withVersion(new FileVersion(0x0200_0000L));
    hub.query(1, newer, Optional.empty());
    assertThat(hub.machine.check(Offer.of(Counter.device(1), Counter.IMAGE)))
        .isInstanceOf(HubControl.Answer.Refused.class);
    hub.offer(1);
    hub.query(1, newer, Optional.empty());
    assertThat(hub.answer()).isEqualTo(NONE);
    Offer allowed =
        new Offer(
            Counter.device(1),
            Counter.IMAGE,
            new UpgradeTime.Now(),
            100,
            Optional.of(DowngradePermission.because("the newer one drains the battery")));
    assertThat(hub.machine.check(allowed)).isInstanceOf(HubControl.Answer.Accepted.class);
    hub.effects.clear();
    hub.input(new HubInput.Start(allowed));
    assertThat(hub.effects.events(HubEvent.DowngradePermitted.class)).hasSize(1);
    hub.query(1, newer, Optional.empty());
    isOffered(hub);
  }

  @Test
  void aPermissionThatIsTakenBackLetsNoDowngradeRunThatItsDeviceHasAlready() {
    Counter hub = new Counter(p -> p).start();
    ImageId newer = Counter.IMAGE.withVersion(new FileVersion(0x0200_0000L));
    hub.query(1, newer, Optional.empty());
    hub.input(
        new HubInput.Start(
            new Offer(
                Counter.device(1),
                Counter.IMAGE,
                new UpgradeTime.Held(),
                100,
                Optional.of(DowngradePermission.because("a test")))));
    hub.query(1, newer, Optional.empty());
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    hub.effects.clear();
    hub.offer(1);
    assertThat(hub.effects.messages(UpgradeEndResponse.class)).allMatch(UpgradeEndResponse::waits);
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.effects.messages(UpgradeEndResponse.class)).isEmpty();
  }

  @Test
  void onlyAnAllowedPredecessorIsOfferedTheImage() {
    Counter hub = new Counter(p -> p);
    StoredImage stored = hub.images.images().get(0);
    hub.images.put(
        new StoredImage(
            stored.name(),
            stored.header(),
            stored.sizeOctets(),
            stored.sha256(),
            Restrictions.predecessors(Set.of(new FileVersion(0x00FF_0000L)))),
        Counter.FILE);
    hub.start();
    hub.query(1);
    assertThat(hub.answer()).isEqualTo(NONE);
    hub.query(1, Counter.BEFORE.withVersion(new FileVersion(0x00FF_0000L)), Optional.empty());
    isOffered(hub);
  }

  @Test
  void theCatalogueShowsForWhomAnImageIsAlsoByItsIndex() {
    Counter hub = new Counter(p -> p);
    StoredImage stored = hub.images.images().get(0);
    hub.images.put(
        new StoredImage(
            stored.name(),
            stored.header(),
            stored.sizeOctets(),
            stored.sha256(),
            new Restrictions(
                Optional.of(HardwareVersionRange.of(3, 5)),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of(Counter.device(7).address()))),
        Counter.FILE);
    hub.start();
    assertThat(hub.machine.catalogue())
        .anySatisfy(
            shown -> {
              assertThat(shown.minimumHardwareVersion()).contains(new HardwareVersion(3));
              assertThat(shown.maximumHardwareVersion()).contains(new HardwareVersion(5));
              assertThat(shown.upgradeFileDestination()).contains(Counter.device(7).address());
            });
  }

  @Test
  void anOfferFromOneVersionIsForNobodyWhoRunsAnotherOverARestartToo() {
    FileVersion other = new FileVersion(0x00FF_0000L);
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    Offer offer =
        Offer.of(Counter.device(1), Counter.IMAGE).following(new VersionRange(other, other));
    assertThat(hub.machine.check(offer))
        .isEqualTo(
            new HubControl.Answer.Refused(
                Counter.IMAGE
                    + " is offered from version "
                    + other
                    + " only, the device runs "
                    + Counter.BEFORE.fileVersion()));
    // Of who has not asked yet nobody knows what it runs.
    hub.input(
        new HubInput.Start(
            new Offer(
                    Counter.device(2), Counter.IMAGE, new UpgradeTime.Now(), 100, Optional.empty())
                .following(new VersionRange(other, other))));
    hub.query(2);
    assertThat(hub.answer()).isEqualTo(NONE);
    hub.start();
    hub.query(2);
    assertThat(hub.answer()).isEqualTo(NONE);
    hub.query(2, Counter.BEFORE.withVersion(other), Optional.empty());
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  @Test
  void aGasMeterSeesByTheFlagThatThereIsFirmwareForSomebody() {
    Counter hub = new Counter(p -> p).start();
    assertThat(flag(hub)).isZero();
    hub.offer(1);
    assertThat(flag(hub)).isEqualTo(HubMachine.NEW_OTA_FIRMWARE);
    hub.query(1);
    hub.block(1, 0);
    assertThat(flag(hub)).isZero();
  }

  private static long flag(Counter hub) {
    return hub.machine
        .attribute(
            Clusters.METERING, Direction.CLIENT_TO_SERVER, HubMachine.FUNCTIONAL_NOTIFICATION_FLAGS)
        .orElseThrow()
        .value();
  }

  @ParameterizedTest
  @CsvSource({"0x95, FAILED", "0x96, FAILED", "0x99, TRANSFERRING", "0x01, FAILED"})
  void anEndThatIsNoSuccessGetsNoUpgradeEndResponse(int status, Phase phase) {
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.query(1);
    hub.block(1, 0);
    hub.end(1, ZclStatus.of(status));
    // The endpoint answers with a default response SUCCESS.
    assertThat(hub.effects.messages(UpgradeEndResponse.class)).isEmpty();
    assertThat(hub.phase(1)).isEqualTo(phase);
  }

  @Test
  void anEndOfAnImageThatItNeverOfferedIsRefused() {
    Counter hub = new Counter(p -> p.with(HubParameter.SERVES_UNASKED, false)).start();
    hub.receive(1, new UpgradeEndRequest(ZclStatus.SUCCESS, Counter.IMAGE));
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isEqualTo(ZclStatus.NO_IMAGE_AVAILABLE));
  }

  @Test
  void onlyTheVersionReadBackMakesAnUpdateConfirmed() {
    Counter hub = new Counter(p -> p).start();
    hub.offer(1);
    hub.query(1);
    for (long at = 0; at < Counter.FILE.length(); at += 48) {
      hub.block(1, at);
    }
    assertThat(hub.phase(1)).isEqualTo(Phase.VERIFYING);
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    hub.query(1);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    hub.pass(hub.parameters.activationGraceMs());
    hub.query(1);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
    assertThat(hub.status(1).failure().get().failure()).isEqualTo(UpdateEvent.Failure.ROLLED_BACK);
  }

  @Test
  void aFileWithLengthsThatLieIsNotStored() {
    Octets cut = Counter.FILE.slice(0, Counter.FILE.length() - 1);
    assertThatThrownBy(() -> new Counter(p -> p).put(cut)).isInstanceOf(FormatException.class);
  }
}
