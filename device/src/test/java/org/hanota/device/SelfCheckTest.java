// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.download.Suitability;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.SecurityCredentialVersion;
import org.hanota.otaformat.ZigBeeFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server that lies about what an image is for: the device compares the header with itself. */
class SelfCheckTest {
  private static final ImageId LOWER = Desk.IMAGE.withVersion(new FileVersion(0x00FF_0000L));

  private static Octets file(UnaryOperator<OtaHeader> change) {
    ZigBeeFile file =
        ZigBeeFile.builder(change.apply(OtaHeader.of(Desk.IMAGE)))
            .upgradeImage(SeededRandom.of(1, 0, 0).octets(1_000))
            .build();
    return file.octets().octets(0, (int) file.octets().size());
  }

  private static Desk given(UnaryOperator<OtaHeader> change) {
    Desk desk = Desk.of(DeviceType.PPMID);
    desk.take(Desk.IMAGE, file(change));
    return desk;
  }

  private static void isRefused(UnaryOperator<OtaHeader> change, String reason) {
    Desk desk = given(change);
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.INVALID_IMAGE, Desk.IMAGE));
    assertThat(desk.effects.events(UpdateEvent.Failed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.failure()).isEqualTo(Failure.INVALID_IMAGE))
        .satisfies(failed -> assertThat(failed.detail()).contains(reason));
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    desk.work();
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
  }

  private static void runs(UnaryOperator<OtaHeader> change) {
    Desk desk = given(change);
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }

  @Test
  @DisplayName("attack 13: an image for other hardware does not run")
  void anImageForOtherHardwareDoesNotRun() {
    isRefused(h -> h.withHardwareVersions(HardwareVersionRange.of(0x0101, 0x01FF)), "hardware");
    isRefused(h -> h.withHardwareVersions(HardwareVersionRange.of(0x0000, 0x00FF)), "hardware");
    runs(h -> h.withHardwareVersions(HardwareVersionRange.of(0x0100, 0x0100)));
  }

  @Test
  @DisplayName("attack 13: an image of another device does not run")
  void anImageOfAnotherDeviceDoesNotRun() {
    isRefused(h -> h.withUpgradeFileDestination(new Eui64(77)), "device");
    runs(h -> h.withUpgradeFileDestination(Desk.SELF));
  }

  @Test
  void anImageForAnotherStackDoesNotRun() {
    isRefused(h -> h.withZigBeeStackVersion(3), "stack");
  }

  @Test
  void anImageThatNeedsOtherCredentialsDoesNotRun() {
    isRefused(
        h -> h.withSecurityCredentialVersion(new SecurityCredentialVersion(3)), "credentials");
    SecurityCredentialVersion needed = new SecurityCredentialVersion(3);
    OtaHeader header = OtaHeader.of(Desk.IMAGE).withSecurityCredentialVersion(needed);
    assertThat(
            Suitability.mismatch(
                Desk.of(DeviceType.PPMID, c -> c.securityCredentialVersion(needed)).config,
                header,
                Desk.BEFORE))
        .isEmpty();
    assertThat(
            Suitability.mismatch(
                Desk.of(
                        DeviceType.PPMID,
                        c -> c.securityCredentialVersion(new SecurityCredentialVersion(1)))
                    .config,
                header,
                Desk.BEFORE))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .isEqualTo("the file needs security credentials 3, this device has 1"));
  }

  @Test
  void theWordOfAServerPermitsNoLowerVersion() {
    Desk desk = Desk.of(DeviceType.PPMID).querying();
    desk.receive(new QueryNextImageResponse.Success(LOWER, Desk.FILE.length()));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.waitingJobs).isEmpty();
    assertThat(desk.last())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isEqualTo(ZclStatus.NOT_AUTHORIZED));
    assertThat(desk.effects.events(UpdateEvent.Failed.class))
        .extracting(UpdateEvent.Failed::failure)
        .containsExactly(Failure.REFUSED);
  }

  @Test
  void anOldImageUnderTheNameOfANewOneDoesNotRun() {
    Desk desk = Desk.of(DeviceType.PPMID);
    desk.take(Desk.IMAGE, Desk.file(LOWER, 1_000, 1));
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.INVALID_IMAGE, Desk.IMAGE));
  }

  @Test
  void theDevicesOwnSettingPermitsALowerVersionAndTheReasonIsTold() {
    Desk desk =
        Desk.of(
            DeviceType.PPMID,
            config ->
                config.downgrade(
                    Optional.of(DowngradePermission.because("the new one drains the battery"))));
    desk.take(LOWER, Desk.file(LOWER, 1_000, 1));
    assertThat(desk.effects.events(DeviceEvent.DowngradePermitted.class))
        .containsExactly(
            new DeviceEvent.DowngradePermitted(
                Desk.SELF, LOWER, Desk.BEFORE, "the new one drains the battery"));
    desk.receive(new UpgradeEndResponse(LOWER, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(LOWER);
  }

  @Test
  void aMeterHoldsALowerVersionUntilACommandNamesIt() {
    assertThat(Suitability.takes(Desk.of(DeviceType.ESME).config, LOWER.fileVersion(), Desk.BEFORE))
        .isTrue();
    assertThat(Suitability.takes(Desk.of(DeviceType.IHD).config, LOWER.fileVersion(), Desk.BEFORE))
        .isFalse();
  }

  private static Desk offered(ImageId image, UnaryOperator<DeviceConfig.Builder> change) {
    Desk desk = Desk.of(DeviceType.PPMID, change);
    desk.take(image, Desk.file(image, 1_000, 1));
    desk.receive(new UpgradeEndResponse(image, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    desk.work();
    return desk;
  }

  private static UnaryOperator<DeviceConfig.Builder> permitting(String reason) {
    return config -> config.downgrade(Optional.of(DowngradePermission.because(reason)));
  }

  @Test
  void theWordOfAServerPermitsNoVersionThatNoneCanFollow() {
    ImageId highest = Desk.IMAGE.withVersion(new FileVersion(0xFFFF_FFFEL));
    Desk desk = offered(highest, UnaryOperator.identity());
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(desk.effects.events(UpdateEvent.Failed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.failure()).isEqualTo(Failure.REFUSED))
        .satisfies(failed -> assertThat(failed.detail()).contains("the highest version"));
    // An image that is offered as another one and has that version in its header.
    isRefused(header -> OtaHeader.of(highest), "FFFFFFFE");
    assertThat(offered(highest, permitting("a test bench")).machine.runningImage())
        .isEqualTo(highest);
  }

  /** A device that was made to take a version close to the end comes back by its own setting. */
  @Test
  void aDeviceWithAVersionCloseToTheHighestIsRecovered() {
    ImageId far = Desk.IMAGE.withVersion(new FileVersion(0xFFFF_FFFDL));
    Desk desk = offered(far, UnaryOperator.identity());
    assertThat(desk.machine.runningImage()).isEqualTo(far);
    Desk recovered = Desk.of(DeviceType.PPMID, permitting("it was made to take FFFFFFFD"));
    recovered.bank = desk.bank;
    recovered.take(Desk.IMAGE, Desk.FILE);
    recovered.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    recovered.work();
    assertThat(recovered.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }
}
