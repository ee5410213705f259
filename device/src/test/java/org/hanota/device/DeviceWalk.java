// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
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
import org.hanota.otaformat.OtaHeader;

/** One device and everybody around it, who do what a seed says. */
final class DeviceWalk {
  private static final int STEPS = 150;

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
  DeviceWalk(long seed) {
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
            ? CommandedDesk.of(DeviceType.ESME, limits)
            : new Desk(
                DeviceType.PPMID, p -> limits.apply(p.with(DeviceParameter.PAGE_SIZE, page)));
    served = Served.values()[random.below(isMeter ? 1 : 2)];
    files.put(Served.WHOLE, List.of(isMeter ? CommandedDesk.OCTETS : Desk.FILE));
    files.put(Served.PARTS, RareEdges.parts(Desk.IMAGE));
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
              new ImageBlockResponse.Success(image, offset, wrong ? random.octets(length) : data));
          return;
        }
      }
    }
  }

  private void waitForData() {
    desk.receive(
        new ImageBlockResponse.WaitForData(
            ZigBeeTime.ZERO, new ZigBeeTime(random.below(7_200)), OptionalInt.of(random.below(3))));
  }

  private void refuse() {
    if (!desk.effects.sent.isEmpty()) {
      ZclStatus[] statuses = {ZclStatus.SUCCESS, ZclStatus.ABORT, ZclStatus.UNSUP_CLUSTER_COMMAND};
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
    Octets hash = one(4) ? random.octets(32) : CommandedDesk.FILE.manufacturerImageHash();
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
            new Order(Order.Defect.NONE, ++counter, hash, activation).octets()));
  }
}
