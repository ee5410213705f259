// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Input;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;

/** Ways to edges of the table that chance meets too seldom. */
final class RareEdges {
  private static final int PART_OCTETS = 520;
  private static final ImageId OTHER_TYPE = ImageId.of(0x121D, 0x0090, 0x0101_0000L);

  static final List<Supplier<Desk>> STORIES =
      List.of(
          RareEdges::anEraseEndsWhileAServerIsLookedFor,
          RareEdges::anotherVersionOfTheNextPartIsOffered,
          () -> lateBlocks(parts(Desk.IMAGE).get(0), DeviceState.PAUSED),
          () -> lateBlocks(parts(Desk.IMAGE).get(0), DeviceState.RESTING),
          RareEdges::aCommandsTimeComesDuringAQuery,
          RareEdges::aCommandComesDuringTheVerificationOnALowBattery,
          RareEdges::aHubGivesUpWhatACommandHasDated,
          () -> lateBlocks(parts(OTHER_TYPE).get(0), DeviceState.PAUSED),
          () -> lateBlocks(parts(OTHER_TYPE).get(0), DeviceState.RESTING),
          RareEdges::aNotifyComesWhileTheServerIsLost,
          () -> timeComesWhileTheEndIsTold(100, 0),
          () -> timeComesWhileTheEndIsTold(10, 0),
          () -> timeComesWhileTheEndIsTold(100, -1_800_000),
          RareEdges::theServersTimeComesWhileItIsAsked,
          RareEdges::theServerIsAskedAgainDuringTheCountDown,
          RareEdges::aServerIsFoundWhereNoneAnswered);

  private RareEdges() {}

  /** The parts of an image of which this is the first. */
  static List<Octets> parts(ImageId image) {
    List<Octets> parts = new ArrayList<>();
    for (ZigBeeFile part : ImageParts.split(Desk.FILE, OtaHeader.of(image), PART_OCTETS)) {
      parts.add(part.octets().octets(0, (int) part.octets().size()));
    }
    return parts;
  }

  private static void loseServer(Desk desk) {
    for (int i = 0; desk.machine.state() == DeviceState.QUERYING; i++) {
      assertThat(i).isLessThan(10);
      desk.tick();
    }
  }

  private static Desk anEraseEndsWhileAServerIsLookedFor() {
    Desk desk = Desk.of(DeviceType.PPMID).erasing();
    desk.input(new DeviceInput.Abort());
    desk.endNoted();
    desk.input(new DeviceInput.QueryNow());
    loseServer(desk);
    desk.input(new DeviceInput.QueryNow());
    desk.work();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.DISCOVERING);
    return desk;
  }

  private static Desk anotherVersionOfTheNextPartIsOffered() {
    List<Octets> parts = parts(Desk.IMAGE);
    Desk desk = Desk.of(DeviceType.PPMID);
    desk.take(Desk.IMAGE, parts.get(0));
    desk.serve(Desk.IMAGE, parts.get(0));
    desk.work();
    desk.endNoted();
    ImageId next = OtaHeader.read(parts.get(1)).image();
    desk.receive(
        new QueryNextImageResponse.Success(
            next.withVersion(new FileVersion(0x0109_0000L)), parts.get(1).length()));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.QUERYING);
    return desk;
  }

  /** Blocks that come although the server has said wait, or after the device has given up. */
  private static Desk lateBlocks(Octets file, DeviceState state) {
    Desk desk = Desk.of(DeviceType.PPMID).querying();
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, file.length()));
    desk.work();
    if (state == DeviceState.PAUSED) {
      desk.receive(
          new ImageBlockResponse.WaitForData(
              ZigBeeTime.ZERO, new ZigBeeTime(60), OptionalInt.empty()));
    }
    while (desk.machine.state() == DeviceState.DOWNLOADING) {
      desk.tick();
    }
    for (int at = 0; desk.machine.state() == state && at < file.length(); at += 48) {
      int length = Math.min(48, file.length() - at);
      desk.receive(new ImageBlockResponse.Success(Desk.IMAGE, at, file.slice(at, length)));
    }
    assertThat(desk.machine.state()).isIn(DeviceState.ERASING, DeviceState.ENDING);
    return desk;
  }

  private static void order(Desk desk, Activation activation) {
    Octets hash = CommandedDesk.FILE.manufacturerImageHash();
    CommandedDesk.receive(desk, new Order(Order.Defect.NONE, 2_000, hash, activation).octets());
  }

  private static Desk aCommandsTimeComesDuringAQuery() {
    Desk desk = CommandedDesk.of(DeviceType.ESME).querying();
    order(desk, new Activation.At(GeneralizedTime.ofUtcMillis(desk.now().utcMillis() + 1_000)));
    desk.pass(1_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.QUERYING);
    return desk;
  }

  private static Desk aCommandComesDuringTheVerificationOnALowBattery() {
    Desk desk = CommandedDesk.of(DeviceType.ESME).querying();
    Octets file = CommandedDesk.OCTETS;
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, file.length()));
    desk.work();
    desk.serve(Desk.IMAGE, file);
    order(desk, new Activation.Now());
    desk.powerPercent = 10;
    desk.work();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    return desk;
  }

  private static Desk aHubGivesUpWhatACommandHasDated() {
    Desk desk = CommandedDesk.waiting(DeviceType.ESME);
    order(desk, new Activation.At(GeneralizedTime.ofUtcMillis(desk.now().utcMillis() + 60_000)));
    desk.start();
    desk.work();
    desk.input(new Input.ServerFound(Desk.HUB));
    desk.endAnswered(ZclStatus.ABORT);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    return desk;
  }

  private static Desk aNotifyComesWhileTheServerIsLost() {
    Desk desk = Desk.of(DeviceType.PPMID).downloading();
    while (desk.machine.state() != DeviceState.QUERYING) {
      desk.tick();
    }
    loseServer(desk);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.RESTING);
    desk.receive(ImageNotify.of(ImageId.WILD_CARD), Delivery.UNICAST, Desk.HUB);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.DISCOVERING);
    return desk;
  }

  private static Desk restarted(long secondsToGo, long afterSeconds) {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(secondsToGo)));
    desk.pass(afterSeconds * 1_000);
    desk.start();
    desk.work();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    return desk;
  }

  private static Desk timeComesWhileTheEndIsTold(int powerPercent, long shiftMillis) {
    Desk desk = CommandedDesk.waiting(DeviceType.ESME);
    order(desk, new Activation.At(GeneralizedTime.ofUtcMillis(desk.now().utcMillis() + 600_000)));
    desk.pass(599_000);
    desk.start();
    desk.work();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    desk.powerPercent = powerPercent;
    desk.utcShiftMillis = shiftMillis;
    desk.pass(1_000);
    return desk;
  }

  private static Desk theServersTimeComesWhileItIsAsked() {
    Desk desk = restarted(600, 599);
    desk.pass(1_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    return desk;
  }

  private static Desk theServerIsAskedAgainDuringTheCountDown() {
    Desk desk = restarted(20_000, 1);
    while (desk.machine.state() != DeviceState.COUNTING_DOWN) {
      desk.tick();
    }
    desk.pass(3_600_000);
    return desk;
  }

  private static Desk aServerIsFoundWhereNoneAnswered() {
    Desk desk = UnknownServerTest.alone(DeviceType.PPMID);
    desk.input(new Input.ServerFound(Desk.HUB));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    return desk;
  }
}
