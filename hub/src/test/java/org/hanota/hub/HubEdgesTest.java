// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.update.HubStimulus;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.junit.jupiter.api.Test;

/**
 * Drives every transition of the table: whatever can happen, in each phase, with and without an
 * offer, for each kind of upgrade time, with a free slot and without one.
 */
class HubEdgesTest {
  private static final long DAY = 86_400_000;
  private static final ImageId NEXT = Counter.IMAGE.withVersion(new FileVersion(0x0102_0000L));

  /** The first of three files of the image. */
  private static final Octets PART = first(OtaHeader.of(Counter.IMAGE));

  private static final Octets NEXT_PART = first(OtaHeader.of(NEXT));
  private static final Octets NEXT_FILE = Counter.file(OtaHeader.of(NEXT));

  /** An image that takes the slot of another one. */
  private static final Octets FORCED = forced();

  private static Octets forced() {
    GbMeterFile file =
        GbMeterFile.sign(
            OtaHeader.of(NEXT).withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF)),
            SeededRandom.of(1, 0, 0).octets(300),
            true,
            P256PrivateKey.fromSeed(Octets.fromHex("01")));
    return file.octets().octets(0, (int) file.octets().size());
  }

  private static Octets first(OtaHeader header) {
    ZigBeeFile part = ImageParts.split(Counter.FILE, header, 1_000).get(0);
    return part.octets().octets(0, (int) part.octets().size());
  }

  private static final List<UpgradeTime> TIMES =
      List.of(
          new UpgradeTime.Now(),
          new UpgradeTime.Held(),
          new UpgradeTime.At(Counter.UTC_MILLIS + 10 * DAY));

  private record Setting(boolean isOffered, UpgradeTime when, boolean hasRival) {
    Counter hub() {
      Counter hub = new Counter(p -> p.with(HubParameter.CONCURRENT_TRANSFERS, 1));
      hub.images.images().forEach(image -> hub.images.remove(image.sha256()));
      hub.put(PART);
      hub.start();
      if (!isOffered && !(when instanceof UpgradeTime.Now)) {
        // Only the time stays of an offer that failed.
        offer(hub);
        hub.query(1);
        hub.end(1, ZclStatus.INVALID_IMAGE);
        hub.pass(DAY);
      }
      return hub;
    }

    void offer(Counter hub) {
      hub.input(
          new HubInput.Start(
              new Offer(Counter.device(1), Counter.IMAGE, when, 100, Optional.empty())));
    }

    void begin(Counter hub) {
      if (isOffered) {
        offer(hub);
      }
      hub.query(1);
    }
  }

  private static void block(Counter hub, long offset) {
    hub.receive(1, new ImageBlockRequest(Counter.IMAGE, offset, 48, BlockRequestOptions.NONE));
  }

  private static void blocks(Counter hub) {
    for (long at = 0; at < PART.length(); at += 48) {
      block(hub, at);
    }
  }

  /** What may have happened before, as far as it leads to that phase. */
  private static void reach(Counter hub, Setting setting, Phase phase) {
    switch (phase) {
      case IDLE -> {}
      case QUEUED -> {
        hub.query(9);
        setting.begin(hub);
      }
      case NOTIFIED -> setting.begin(hub);
      case TRANSFERRING -> {
        setting.begin(hub);
        block(hub, 0);
      }
      case PAUSED -> {
        setting.begin(hub);
        block(hub, 0);
        hub.input(new HubInput.Pause(Counter.device(1).address()));
      }
      case VERIFYING -> {
        setting.begin(hub);
        blocks(hub);
      }
      case WAITING, ACTIVATING -> {
        setting.begin(hub);
        blocks(hub);
        hub.end(1, ZclStatus.SUCCESS);
        if (phase == Phase.ACTIVATING && setting.when() instanceof UpgradeTime.At) {
          hub.pass(10 * DAY);
        }
      }
      case CONFIRMED -> {
        setting.begin(hub);
        blocks(hub);
        hub.query(1, Counter.IMAGE, Optional.empty());
      }
      case FAILED -> {
        setting.begin(hub);
        blocks(hub);
        hub.end(1, ZclStatus.INVALID_IMAGE);
      }
    }
    if (setting.hasRival()) {
      hub.query(9);
      hub.query(8);
    }
  }

  /** What makes a difference to what comes after it. */
  private static final List<Consumer<Counter>> OPENERS =
      List.of(
          hub -> {},
          hub -> hub.pass(2 * hub.parameters.stallMs()),
          hub -> hub.pass(hub.parameters.activationGraceMs()),
          HubEdgesTest::lostOnce,
          hub -> {
            hub.knowsUtc = false;
            hub.restart();
            hub.knowsUtc = true;
          });

  private static List<Consumer<Counter>> causes() {
    List<Consumer<Counter>> causes = new ArrayList<>();
    causes.add(Counter::restart);
    for (UpgradeTime when : TIMES) {
      causes.add(hub -> new Setting(true, when, false).offer(hub));
    }
    for (long millis : new long[] {120_000, DAY, 3 * DAY, 8 * DAY, 20 * DAY}) {
      causes.add(hub -> hub.pass(millis));
    }
    causes.add(hub -> hub.query(1));
    causes.add(hub -> hub.query(1, Counter.IMAGE, Optional.empty()));
    causes.add(hub -> hub.query(1, NEXT, Optional.empty()));
    causes.add(hub -> hub.query(1, ImageId.of(0x121E, 0x0080, 1), Optional.empty()));
    causes.add(hub -> block(hub, 0));
    causes.add(hub -> block(hub, 48));
    causes.add(HubEdgesTest::blocks);
    for (ZclStatus status :
        List.of(ZclStatus.SUCCESS, ZclStatus.INVALID_IMAGE, ZclStatus.REQUIRE_MORE_IMAGE)) {
      causes.add(hub -> hub.end(1, status));
    }
    causes.add(hub -> hub.input(new HubInput.Pause(Counter.device(1).address())));
    causes.add(hub -> hub.input(new HubInput.Resume(Counter.device(1).address())));
    causes.add(hub -> hub.abort(1));
    causes.add(hub -> hub.abort(9));
    causes.add(
        hub ->
            hub.input(
                new HubInput.ImageFromWan(
                    "other", FORCED, FileKind.GB_METER, List.of(), new UpgradeTime.Held())));
    causes.add(
        hub -> {
          hub.images.images().forEach(image -> hub.images.remove(image.sha256()));
          hub.input(new HubInput.ImagesChanged());
        });
    causes.add(
        hub -> {
          hub.knowsUtc = false;
          hub.restart();
        });
    causes.add(
        hub -> {
          hub.utcShiftMillis = 3 * DAY;
          hub.pass(DAY);
        });
    for (long shift : new long[] {20 * DAY, -20 * DAY}) {
      causes.add(
          hub -> {
            hub.utcShiftMillis = shift;
            hub.restart();
          });
      causes.add(
          hub -> {
            hub.utcShiftMillis = shift;
            hub.end(1, ZclStatus.SUCCESS);
          });
      causes.add(
          hub -> {
            lostOnce(hub);
            hub.utcShiftMillis = shift;
            hub.query(1);
          });
    }
    causes.add(HubEdgesTest::lost);
    causes.add(
        hub -> {
          hub.put(NEXT_FILE);
          hub.input(new HubInput.Start(Offer.of(Counter.device(1), NEXT)));
        });
    causes.add(
        hub -> {
          hub.input(
              new HubInput.Start(
                  Offer.of(Counter.device(1), Counter.IMAGE)
                      .withTimeouts(PhaseTimeouts.NONE.with(PhaseTimeouts.Timed.HOLDING, 60_000))));
          hub.pass(61_000);
        });
    for (boolean knows : new boolean[] {true, false}) {
      causes.add(
          hub -> {
            hub.knowsUtc = !knows;
            lostOnce(hub);
            hub.knowsUtc = knows;
            hub.query(1);
          });
      causes.add(
          hub -> {
            hub.knowsUtc = knows;
            hub.end(1, ZclStatus.SUCCESS);
          });
    }
    causes.add(
        hub -> {
          hub.put(NEXT_FILE);
          hub.input(new HubInput.ImagesChanged());
          hub.query(1, Counter.IMAGE, Optional.empty());
        });
    causes.add(
        hub -> {
          hub.put(NEXT_FILE);
          hub.input(new HubInput.ImagesChanged());
          hub.receive(1, new ImageBlockRequest(NEXT, 0, 48, BlockRequestOptions.NONE));
        });
    for (ZclStatus status : List.of(ZclStatus.SUCCESS, ZclStatus.REQUIRE_MORE_IMAGE)) {
      causes.add(
          hub -> {
            hub.put(NEXT_PART);
            hub.input(new HubInput.ImagesChanged());
            hub.end(1, NEXT, status);
          });
    }
    return causes;
  }

  private static void lostOnce(Counter hub) {
    hub.input(
        new HubInput.Start(
            new Offer(
                Counter.device(1),
                Counter.IMAGE,
                new UpgradeTime.At(Counter.UTC_MILLIS + 10 * DAY),
                100,
                Optional.empty())));
    if (!hub.effects.sent.isEmpty()) {
      long frame = hub.effects.sent.get(hub.effects.sent.size() - 1).sendId();
      hub.machine.onSent(hub.now(), frame, SendResult.NO_ACK, hub.effects);
    }
  }

  private static void lost(Counter hub) {
    if (!hub.effects.sent.isEmpty()) {
      long frame = hub.effects.sent.get(hub.effects.sent.size() - 1).sendId();
      hub.machine.onSent(hub.now(), frame, SendResult.NO_ACK, hub.effects);
      hub.pass(hub.parameters.notifyRetryMs());
    }
  }

  private static Set<Edge<Phase, HubStimulus>> driven() {
    Set<Edge<Phase, HubStimulus>> driven = new TreeSet<>(Comparator.comparing(Edge::toString));
    for (boolean isOffered : new boolean[] {true, false}) {
      for (UpgradeTime when : TIMES) {
        for (boolean hasRival : new boolean[] {true, false}) {
          for (Phase phase : Phase.values()) {
            Setting setting = new Setting(isOffered, when, hasRival);
            for (Consumer<Counter> before : OPENERS) {
              for (Consumer<Counter> cause : causes()) {
                Counter hub = setting.hub();
                reach(hub, setting, phase);
                before.accept(hub);
                cause.accept(hub);
                driven.addAll(hub.edges);
              }
            }
          }
        }
      }
    }
    return driven;
  }

  @Test
  void everyTransitionOfTheTableIsTakenAndNoOther() {
    List<Edge<Phase, HubStimulus>> table = HubTransitions.TABLE.edges();
    assertThat(driven()).containsExactlyInAnyOrderElementsOf(table);
    assertThat(table.size()).isLessThan(200);
  }
}
