// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.Slot;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.otaformat.ZigBeeFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attacks on what a device runs, by their number in docs/attacks.md. */
class AttacksTest {
  private static final P256PrivateKey KEY = P256PrivateKey.fromSeed(Octets.fromHex("03"));
  private static final P256PrivateKey OTHER = P256PrivateKey.fromSeed(Octets.fromHex("04"));
  private static final Octets FIRMWARE = SeededRandom.of(9, 0, 0).octets(700);
  private static final UpgradeEndResponse RUN_NOW =
      new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO);

  private static ZigBeeFile.Builder builder(ImageId image) {
    return ZigBeeFile.builder(OtaHeader.of(image)).upgradeImage(FIRMWARE);
  }

  private static Octets octets(ZigBeeFile.Builder builder) {
    ZigBeeFile file = builder.build();
    return file.octets().octets(0, (int) file.octets().size());
  }

  private static Octets signed(ImageId image) {
    return octets(builder(image).signAsManufacturer(KEY));
  }

  private static Desk checkingSignatures() {
    return Desk.of(
        DeviceType.PPMID,
        config ->
            Desk.builder(
                DeviceType.PPMID, Verifier.manufacturer(KEY.publicKey(), FileKind.ZIGBEE)));
  }

  /** Whatever its server says next, the device runs what it ran. */
  private static void runsTheOldImage(Desk desk) {
    desk.receive(RUN_NOW);
    desk.work();
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
    assertThat(desk.effects.events(UpdateEvent.Confirmed.class)).isEmpty();
  }

  /** And the next honest update still runs. */
  private static void takesAnHonestImage(Desk desk, Octets file) {
    desk.endNoted();
    desk.take(Desk.IMAGE, file);
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.SUCCESS, Desk.IMAGE));
    desk.receive(RUN_NOW);
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }

  private static Octets flipped(Octets file, int at) {
    byte[] changed = file.toByteArray();
    changed[at] ^= 1;
    return Octets.wrap(changed);
  }

  @Test
  @DisplayName("attack 1: an unsigned or wrongly signed image does not run")
  void attack01() {
    Octets good = signed(Desk.IMAGE);
    Octets lower = signed(Desk.IMAGE.withVersion(new FileVersion(0x00FF_0000L)));
    int header = OtaHeader.of(Desk.IMAGE).headerLength();
    Map<String, Octets> lies = new LinkedHashMap<>();
    lies.put("unsigned", octets(builder(Desk.IMAGE)));
    lies.put("signed by somebody else", octets(builder(Desk.IMAGE).signAsManufacturer(OTHER)));
    lies.put("a changed octet of the firmware", flipped(good, header + 100));
    lies.put("a changed octet of the signature", flipped(good, good.length() - 1));
    lies.put("the end of another file", good.slice(0, header).concat(lower.from(header)));
    lies.forEach(
        (lie, file) -> {
          Desk desk = checkingSignatures();
          desk.take(Desk.IMAGE, file);
          assertThat(desk.last())
              .as(lie)
              .isEqualTo(new UpgradeEndRequest(ZclStatus.INVALID_IMAGE, Desk.IMAGE));
          assertThat(desk.effects.events(UpdateEvent.Failed.class))
              .as(lie)
              .singleElement()
              .satisfies(failed -> assertThat(failed.failure()).isEqualTo(Failure.INVALID_IMAGE));
          runsTheOldImage(desk);
          takesAnHonestImage(desk, good);
        });
  }

  /** The octets of a slot behind the file that was offered. */
  private static Octets behind(Desk desk, int length) {
    Slot slot = desk.bank.journal().active().other();
    long capacity = desk.bank.capacityOctets();
    return desk.bank.read(slot, capacity).octets(length, (int) Math.min(256, capacity - length));
  }

  @Test
  @DisplayName("attack 9: octets without end, in a block or behind the file, go nowhere")
  void attack09() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    Octets erased = behind(desk, Desk.FILE.length());
    long blocks = 0;
    while (desk.last() instanceof ImageBlockRequest request
        && request.fileOffset() < Desk.FILE.length()
        && blocks++ < 1_000) {
      // More than was asked for, from behind the end, and again what it has.
      desk.receive(
          new ImageBlockResponse.Success(
              Desk.IMAGE, Desk.FILE.length(), Octets.wrap(new byte[200])));
      desk.receive(
          new ImageBlockResponse.Success(
              Desk.IMAGE, Desk.FILE.length() - 10, Octets.wrap(new byte[200])));
      int size =
          (int) Math.min(request.maximumDataSize(), Desk.FILE.length() - request.fileOffset());
      desk.receive(Desk.block(request.fileOffset(), size));
    }
    assertThat(behind(desk, Desk.FILE.length())).isEqualTo(erased);
    desk.work();
    assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.SUCCESS, Desk.IMAGE));
    desk.receive(RUN_NOW);
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
  }

  @Test
  @DisplayName("attack 10: data behind an image or between its elements is neither kept nor run")
  void attack10() {
    Octets good = signed(Desk.IMAGE);
    Octets extra = Octets.wrap(new byte[] {0x77, 0x12, 4, 0, 0, 0, 1, 2, 3, 4});
    int header = OtaHeader.of(Desk.IMAGE).headerLength();
    Map<String, Octets> lies = new LinkedHashMap<>();
    lies.put("behind the file", good.concat(extra));
    lies.put(
        "before the first element", good.slice(0, header).concat(extra).concat(good.from(header)));
    int signature = good.length() - 71;
    lies.put(
        "before the signature",
        good.slice(0, signature).concat(extra).concat(good.from(signature)));
    lies.forEach(
        (lie, file) -> {
          Desk desk = checkingSignatures();
          desk.take(Desk.IMAGE, file);
          assertThat(desk.last())
              .as(lie)
              .isEqualTo(new UpgradeEndRequest(ZclStatus.INVALID_IMAGE, Desk.IMAGE));
          runsTheOldImage(desk);
          takesAnHonestImage(desk, good);
        });
  }

  @Test
  @DisplayName("attack 15: an image that changes after its check does not run")
  void attack15() {
    for (int at : new int[] {0, 300, Desk.FILE.length() - 1}) {
      Desk desk = Desk.of(DeviceType.PPMID).ending();
      assertThat(desk.last()).isEqualTo(new UpgradeEndRequest(ZclStatus.SUCCESS, Desk.IMAGE));
      Slot slot = desk.bank.journal().active().other();
      Octets found = desk.bank.read(slot, at + 1L).octets(at, 1);
      desk.bank.write(slot, at, flipped(found, 0));
      runsTheOldImage(desk);
      assertThat(desk.effects.events(UpdateEvent.Failed.class)).isNotEmpty();
    }
  }

  @Test
  @DisplayName("attack 15: an offer between check and swap puts nothing else in the place")
  void attack15ByAnotherOffer() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    ImageId other = Desk.IMAGE.withVersion(new FileVersion(0x0102_0000L));
    Octets file = Desk.file(other, 1_000, 2);
    desk.receive(new QueryNextImageResponse.Success(other, file.length()));
    desk.receive(new ImageBlockResponse.Success(other, 0, file.slice(0, 48)));
    desk.receive(new ImageBlockResponse.Success(Desk.IMAGE, 0, file.slice(0, 48)));
    desk.work();
    desk.receive(RUN_NOW);
    desk.work();
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    Octets runs =
        desk.bank
            .read(desk.bank.journal().active(), Desk.FILE.length())
            .octets(0, Desk.FILE.length());
    assertThat(runs).isEqualTo(Desk.FILE);
  }
}
