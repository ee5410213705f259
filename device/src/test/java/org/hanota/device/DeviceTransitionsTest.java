// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

/** The table says what happens, all of it and nothing else. */
class DeviceTransitionsTest {
  private static final int PART_OCTETS = 520;
  private static final int MOST_EDGES = 150;
  private static final int STEPS = 150;
  private static final int WALKS = 700;

  @Test
  void theDiagramInTheDocumentsIsThatOfTheTable() throws IOException {
    StateDocument.check(
        "device-states.md",
        "The device's states",
        "org.hanota.device.DeviceTransitions",
        DeviceTransitions.TABLE);
  }

  @Test
  void theTableIsShortEnoughToRead() {
    assertThat(DeviceTransitions.TABLE.edges()).hasSizeLessThan(MOST_EDGES);
  }

  /**
   * Anything that a server, a clock, an application or a power cut may do, at random: whatever the
   * device does stands in its table, or the table throws; and every edge of the table is taken.
   */
  @Test
  void everyEdgeIsTakenBySomething() {
    Set<Edge<DeviceState, DeviceStimulus>> taken = new HashSet<>();
    for (long seed = 1; seed <= WALKS; seed++) {
      taken.addAll(new Walk(seed).walked());
    }
    STORIES.forEach(story -> taken.addAll(story.get().edges));
    List<Edge<DeviceState, DeviceStimulus>> untaken =
        new ArrayList<>(DeviceTransitions.TABLE.edges());
    untaken.removeAll(taken);
    System.out.println(
        taken.size() + " of " + DeviceTransitions.TABLE.edges().size() + " edges were taken");
    assertThat(untaken).isEmpty();
  }

  private static final ImageId OTHER_TYPE = ImageId.of(0x121D, 0x0090, 0x0101_0000L);

  /** What chance meets too seldom. */
  private static final List<Supplier<Desk>> STORIES =
      List.of(
          DeviceTransitionsTest::anEraseEndsWhileAServerIsLookedFor,
          DeviceTransitionsTest::anotherVersionOfTheNextPartIsOffered,
          () -> lateBlocks(parts(Desk.IMAGE).get(0), DeviceState.PAUSED),
          () -> lateBlocks(parts(Desk.IMAGE).get(0), DeviceState.RESTING),
          DeviceTransitionsTest::aCommandsTimeComesDuringAQuery,
          DeviceTransitionsTest::aCommandComesDuringTheVerificationOnALowBattery,
          () -> lateBlocks(parts(OTHER_TYPE).get(0), DeviceState.PAUSED),
          () -> lateBlocks(parts(OTHER_TYPE).get(0), DeviceState.RESTING),
          DeviceTransitionsTest::aNotifyComesWhileTheServerIsLost,
          () -> timeComesWhileTheEndIsTold(100, 0),
          () -> timeComesWhileTheEndIsTold(10, 0),
          () -> timeComesWhileTheEndIsTold(100, -1_800_000),
          DeviceTransitionsTest::theServerIsAskedAgainDuringTheCountDown);

  private static List<Octets> parts(ImageId image) {
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
    Octets hash = ActivateFirmwareTest.FILE.manufacturerImageHash();
    ActivateFirmwareTest.receive(
        desk, ActivateFirmwareTest.command(2_000, hash, activation).octets());
  }

  private static Desk aCommandsTimeComesDuringAQuery() {
    Desk desk = ActivateFirmwareTest.desk(DeviceType.ESME).querying();
    order(desk, new Activation.At(GeneralizedTime.ofUtcMillis(desk.now().utcMillis() + 1_000)));
    desk.pass(1_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.QUERYING);
    return desk;
  }

  private static Desk aCommandComesDuringTheVerificationOnALowBattery() {
    Desk desk = ActivateFirmwareTest.desk(DeviceType.ESME).querying();
    Octets file = ActivateFirmwareTest.OCTETS;
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, file.length()));
    desk.work();
    desk.serve(Desk.IMAGE, file);
    order(desk, new Activation.Now());
    desk.powerPercent = 10;
    desk.work();
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
    Desk desk = restarted(600, 599);
    desk.powerPercent = powerPercent;
    desk.utcShiftMillis = shiftMillis;
    desk.pass(1_000);
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

  /** One device and everybody around it, who do what a seed says. */
  private static final class Walk {
    private final Desk desk;
    private final SeededRandom random;
    private final boolean isMeter;

    /** Of so many steps one is what nobody hopes for; a job waits for so many. */
    private final int calm;

    private final int slowness;
    private final int wrongness;

    /** A server that does not answer how an update ended. */
    private final boolean isSilent;

    private final Map<Served, List<Octets>> files = new EnumMap<>(Served.class);
    private Served served = Served.WHOLE;
    private long counter = 1_000;

    /** What the server has, which changes. */
    private enum Served {
      WHOLE,
      PARTS,
      NEWER
    }

    /** Which faults exist at all, and how often, is drawn first. */
    Walk(long seed) {
      random = SeededRandom.of(seed, 0, 0);
      isMeter = one(2);
      calm = 1 + random.below(12);
      slowness = 1 + random.below(6);
      isSilent = one(4);
      int page = one(2) ? 150 : 0;
      long[] downloads = {5_000, 90_000, 600_000, DeviceParameters.DEFAULT.downloadLimitMs()};
      long downloadMs = downloads[random.below(downloads.length)];
      wrongness = 3 + random.below(60);
      UnaryOperator<DeviceParameters> limits =
          p ->
              p.with(DeviceParameter.ERASE_BURST, 100)
                  .with(DeviceParameter.ERASE_REFILL, 1)
                  .with(DeviceParameter.DOWNLOAD_LIMIT, downloadMs);
      desk =
          isMeter
              ? ActivateFirmwareTest.desk(DeviceType.ESME, limits)
              : new Desk(
                  DeviceType.PPMID, p -> limits.apply(p.with(DeviceParameter.PAGE_SIZE, page)));
      served = Served.values()[random.below(isMeter ? 1 : 2)];
      files.put(Served.WHOLE, List.of(isMeter ? ActivateFirmwareTest.OCTETS : Desk.FILE));
      files.put(Served.PARTS, parts(Desk.IMAGE));
      files.put(
          Served.NEWER,
          List.of(Desk.file(Desk.IMAGE.withVersion(new FileVersion(0x0109_0000L)), 900, 2)));
      desk.start();
    }

    Set<Edge<DeviceState, DeviceStimulus>> walked() {
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      return desk.edges;
    }

    private boolean one(int of) {
      return random.below(of) == 0;
    }

    /** Mostly what brings the update on; sometimes anything. */
    private void step() {
      if (!desk.waitingJobs.isEmpty() && one(slowness)) {
        workOne();
      } else if (one(calm)) {
        anything();
      } else {
        helpful();
      }
    }

    private void workOne() {
      Job job = desk.waitingJobs.remove(0);
      if (job.kind() == Job.Kind.REBOOT) {
        desk.start();
      } else {
        desk.input(job.work().get());
      }
    }

    private void helpful() {
      switch (desk.machine.state()) {
        case DISCOVERING -> desk.input(new Input.ServerFound(Desk.HUB));
        case IDLE -> desk.input(new DeviceInput.QueryNow());
        case QUERYING -> {
          if (one(4)) {
            tick();
          } else {
            offer();
          }
        }
        case DOWNLOADING -> block(false);
        case PAUSED, RESTING -> {
          if (one(3)) {
            block(true);
          } else {
            tick();
          }
        }
        case ERASING, VERIFYING, SWAPPING, TRYING -> tick();
        case ENDING -> ending();
        case WAITING, COUNTING_DOWN -> waiting();
      }
    }

    private void ending() {
      if (desk.count(UpgradeEndRequest.class) == 0) {
        desk.input(new Input.ServerFound(Desk.HUB));
      } else if (isSilent) {
        tick();
      } else if (isMeter && one(3)) {
        command();
      } else if (one(2)) {
        response();
      } else {
        desk.endNoted();
      }
    }

    private void waiting() {
      if (one(3)) {
        tick();
      } else if (one(4)) {
        served = Served.NEWER;
        desk.input(new DeviceInput.QueryNow());
        offer();
      } else if (isMeter) {
        command();
      } else {
        response();
      }
    }

    private void anything() {
      switch (random.below(22)) {
        case 0 -> desk.input(new DeviceInput.Abort());
        case 1 -> desk.input(new DeviceInput.QueryNow());
        case 2 -> desk.input(new Input.ServerFound(Desk.HUB));
        case 3 -> desk.input(new Input.NoServer());
        case 4 -> desk.receive(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
        case 5 -> offer();
        case 6 -> desk.receive(ImageBlockResponse.Refusal.ABORT);
        case 7 -> waitForData();
        case 8 -> refuse();
        case 9 -> response();
        case 10 -> desk.receive(ImageNotify.of(ImageId.WILD_CARD), Delivery.UNICAST, Desk.HUB);
        case 11 -> sendFails();
        case 12 -> desk.powerPercent = one(2) ? 10 : 100;
        case 13 -> desk.selfTestPasses = !one(3);
        case 14 -> {
          if (one(6)) {
            desk.start();
          }
        }
        case 15 -> block(true);
        case 16 -> served = Served.values()[random.below(Served.values().length)];
        case 17 -> damage();
        case 18 -> desk.pass(one(2) ? 60_000 : 3_600_000);
        case 19 -> desk.utcShiftMillis = one(2) ? 0 : 400L * 24 * 3_600_000;
        default -> {
          if (isMeter && one(2)) {
            command();
          } else {
            tick();
          }
        }
      }
    }

    private void tick() {
      if (desk.effects.wakeAt != Long.MAX_VALUE) {
        desk.tick();
      }
    }

    private List<Octets> files() {
      return files.getOrDefault(served, List.of());
    }

    /** Mostly the file that was asked for. */
    private void offer() {
      if (desk.effects.sent.isEmpty()) {
        return;
      }
      Octets file = files().get(random.below(files().size()));
      if (!one(6) && desk.last() instanceof QueryNextImageRequest query) {
        for (Octets fit : files()) {
          if (OtaHeader.read(fit).image().imageType().equals(query.current().imageType())) {
            file = fit;
          }
        }
      }
      desk.receive(new QueryNextImageResponse.Success(OtaHeader.read(file).image(), file.length()));
    }

    /** What was asked for last, also when nobody waits for it any more. */
    private void block(boolean late) {
      for (int i = desk.effects.sent.size() - 1; i >= 0; i--) {
        if (desk.effects.sent.get(i).message() instanceof ImageBlockRequest request) {
          block(request.image(), request.fileOffset(), request.maximumDataSize());
          return;
        }
        if (desk.effects.sent.get(i).message() instanceof ImagePageRequest page) {
          long at = page.fileOffset();
          do {
            block(page.image(), at, page.maximumDataSize());
            at += page.maximumDataSize();
          } while (!late && at < page.fileOffset() + page.pageSizeOctets());
          if (!late) {
            tick();
          }
          return;
        }
      }
    }

    private void block(ImageId image, long offset, int size) {
      List<List<Octets>> servers = new ArrayList<>(List.of(files()));
      servers.addAll(files.values());
      for (List<Octets> of : servers) {
        for (Octets file : of) {
          if (OtaHeader.read(file).image().equals(image) && offset < file.length()) {
            boolean wrong = one(wrongness);
            int length = (int) Math.min(size, file.length() - offset);
            Octets data = file.slice((int) offset, length);
            desk.receive(
                new ImageBlockResponse.Success(
                    image, offset, wrong ? random.octets(length) : data));
            return;
          }
        }
      }
    }

    private void waitForData() {
      desk.receive(
          new ImageBlockResponse.WaitForData(
              ZigBeeTime.ZERO,
              new ZigBeeTime(random.below(7_200)),
              OptionalInt.of(random.below(3))));
    }

    private void refuse() {
      if (!desk.effects.sent.isEmpty()) {
        ZclStatus[] statuses = {
          ZclStatus.SUCCESS, ZclStatus.ABORT, ZclStatus.UNSUP_CLUSTER_COMMAND
        };
        desk.refuse(statuses[random.below(statuses.length)]);
      }
    }

    private void response() {
      ZigBeeTime[] times = {
        ZigBeeTime.ZERO, new ZigBeeTime(600), new ZigBeeTime(20_000), ZigBeeTime.INVALID
      };
      desk.receive(
          new UpgradeEndResponse(
              ImageId.WILD_CARD, ZigBeeTime.ZERO, times[random.below(times.length)]));
    }

    private void sendFails() {
      if (!desk.effects.sent.isEmpty()) {
        desk.machine.onSent(
            desk.now(),
            desk.effects.sent.get(desk.effects.sent.size() - 1).sendId(),
            SendResult.NO_ACK,
            desk.effects);
      }
    }

    private void damage() {
      if (one(3)) {
        desk.bank.write(desk.bank.journal().inactive(), 300, random.octets(2));
      }
    }

    private void command() {
      Octets hash = one(4) ? random.octets(32) : ActivateFirmwareTest.FILE.manufacturerImageHash();
      Activation[] activations = {
        new Activation.Now(),
        new Activation.At(
            GeneralizedTime.ofUtcMillis(
                Desk.UTC_MILLIS + desk.nanos / 1_000_000 + random.below(14_400) * 1_000L)),
        new Activation.Cancel()
      };
      Activation activation = activations[random.below(activations.length)];
      desk.receive(
          new Tunnelled(
              Direction.CLIENT_TO_SERVER,
              1,
              ActivateFirmwareTest.command(++counter, hash, activation).octets()));
    }
  }
}
