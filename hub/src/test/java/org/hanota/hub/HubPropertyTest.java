// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.testing.RecordedEffects.Sent;

/**
 * A hub before four devices and an operator that do anything in any order, with restarts between.
 * Whatever they do, the hub serves only what it may, keeps its limits, and comes to an end.
 */
class HubPropertyTest {
  private static final int DEVICES = 4;
  private static final int STEPS = 250;
  private static final List<Timed> TIMED = List.of(Timed.values());
  private static final long DAY = 24L * 3_600_000;
  private static final ImageId LOWER = Counter.BEFORE.withVersion(new FileVersion(0x00FF_0000L));
  private static final ImageId HIGHER = Counter.IMAGE.withVersion(new FileVersion(0x0102_0000L));
  private static final ImageId OTHER_TYPE = ImageId.of(0x121D, 0x0081, 0x0101_0000L);
  private static final HardwareVersionRange HARDWARE = HardwareVersionRange.of(0x0100, 0x01FF);

  /** For any hardware, for some, for device 1 alone, and of another type. */
  private static final List<OtaHeader> HEADERS =
      List.of(
          OtaHeader.of(LOWER),
          OtaHeader.of(Counter.IMAGE).withHardwareVersions(HARDWARE),
          OtaHeader.of(HIGHER).withUpgradeFileDestination(Counter.device(1).address()),
          OtaHeader.of(OTHER_TYPE));

  /** No two of the same length. */
  private static final List<Octets> FILES =
      HEADERS.stream().map(header -> file(header, 900 + 300 * HEADERS.indexOf(header))).toList();

  private static Octets file(OtaHeader header, int octets) {
    ZigBeeFile file =
        ZigBeeFile.builder(header)
            .upgradeImage(SeededRandom.of(octets, 0, 0).octets(octets))
            .build();
    return file.octets().octets(0, (int) file.octets().size());
  }

  private static final Set<Phase> ENDED = EnumSet.of(Phase.IDLE, Phase.CONFIRMED, Phase.FAILED);

  private static final ZclStatus[] ENDS = {
    ZclStatus.SUCCESS,
    ZclStatus.SUCCESS,
    ZclStatus.INVALID_IMAGE,
    ZclStatus.ABORT,
    ZclStatus.REQUIRE_MORE_IMAGE
  };

  private static final class Run {
    final SeededRandom random;
    final boolean unasked;
    final int places;
    final Counter hub;
    final List<OfferedDevice> devices;
    final List<String> transcript = new ArrayList<>();

    Run(long seed) {
      random = SeededRandom.of(seed, 0, 55);
      unasked = random.chance(0.5);
      places = 1 + random.below(3);
      hub =
          new Counter(
              p ->
                  p.with(HubParameter.SERVES_UNASKED, unasked)
                      .with(HubParameter.CONCURRENT_TRANSFERS, places));
      hub.images.remove(hub.images.images().get(0).sha256());
      FILES.forEach(hub::put);
      hub.knowsUtc = random.chance(0.8);
      devices =
          List.of(
              new OfferedDevice(1, Counter.BEFORE, Optional.of(new HardwareVersion(0x0100))),
              new OfferedDevice(2, Counter.BEFORE, Optional.of(new HardwareVersion(0x0300))),
              new OfferedDevice(3, Counter.BEFORE, Optional.empty()),
              new OfferedDevice(4, OTHER_TYPE.withVersion(LOWER.fileVersion()), Optional.empty()));
      hub.start();
      devices.forEach(this::query);
      note();
    }

    OfferedDevice any() {
      return devices.get(random.below(DEVICES));
    }

    OtaHeader anyImage() {
      return HEADERS.get(random.below(HEADERS.size()));
    }

    void step() {
      OfferedDevice device = any();
      switch (random.below(12)) {
        case 0 -> offer(device);
        case 1 -> operator(device);
        case 2 -> hub.restart();
        case 3, 4 -> query(device);
        case 5, 6, 7 -> block(device);
        case 8 -> page(device);
        case 9 -> end(device);
        case 10 -> pass(random.belowLong(10_000));
        default -> pass(random.belowLong(random.chance(0.2) ? 3 * DAY : 600_000));
      }
      check(device);
    }

    void offer(OfferedDevice device) {
      UpgradeTime when =
          switch (random.below(3)) {
            case 0 -> new UpgradeTime.Now();
            case 1 -> new UpgradeTime.At(Counter.UTC_MILLIS + random.belowLong(20 * DAY));
            default -> new UpgradeTime.Held();
          };
      PhaseTimeouts timeouts =
          random.chance(0.3)
              ? PhaseTimeouts.NONE.with(
                  TIMED.get(random.below(TIMED.size())), 1 + random.belowLong(DAY))
              : PhaseTimeouts.NONE;
      Offer offer =
          new Offer(
                  Counter.device(device.number),
                  anyImage().image(),
                  when,
                  random.below(3),
                  random.chance(0.3)
                      ? Optional.of(DowngradePermission.because("a test"))
                      : Optional.empty())
              .withTimeouts(timeouts);
      hub.effects.clear();
      if (device.offers.put(offer.image().imageType(), offer) != null) {
        device.replaced++;
      }
      hub.input(new HubInput.Start(offer));
    }

    void operator(OfferedDevice device) {
      hub.effects.clear();
      hub.input(
          switch (random.below(3)) {
            case 0 -> new HubInput.Pause(Counter.device(device.number).address());
            case 1 -> new HubInput.Resume(Counter.device(device.number).address());
            default ->
                new HubInput.Abort(Counter.device(device.number).address(), "tester: a test");
          });
    }

    void query(OfferedDevice device) {
      hub.receive(device.number, new QueryNextImageRequest(device.running, device.hardware));
      for (QueryNextImageResponse.Success named :
          hub.effects.messages(QueryNextImageResponse.Success.class)) {
        assertThat(device.mayHave(header(named.image())))
            .as("I5, I9: device " + device.number + " is offered " + named.image())
            .isTrue();
      }
    }

    void block(OfferedDevice device) {
      ImageId image = anyImage().image();
      int size = 1 + random.below(80);
      int length = FILES.get(HEADERS.indexOf(header(image))).length();
      long offset = random.chance(0.3) ? length - 10 : random.belowLong(length + 50L);
      hub.receive(
          device.number, new ImageBlockRequest(image, offset, size, BlockRequestOptions.NONE));
      served(device, image, size, offset + size);
    }

    void page(OfferedDevice device) {
      ImageId image = anyImage().image();
      int size = 1 + random.below(80);
      int pageSize = 1 + random.below(900);
      long offset = random.belowLong(2_200);
      hub.receive(
          device.number, new ImagePageRequest(image, offset, size, pageSize, 50, Optional.empty()));
      hub.pass(random.belowLong(2_000));
      served(device, image, size, offset + pageSize);
    }

    /** Whatever goes out now is a block of this image, of this size at most, up to that offset. */
    void served(OfferedDevice device, ImageId image, int size, long end) {
      for (Sent sent : hub.effects.sent) {
        if (sent.message() instanceof ImageBlockResponse.Success block
            && sent.destination().equals(Counter.device(device.number))) {
          assertThat(device.mayHave(header(block.image())))
              .as("I5, I9: device " + device.number + " is served " + block.image())
              .isTrue();
          // What is no reply may be the rest of an earlier page.
          if (sent.reply()) {
            long blockEnd = block.fileOffset() + block.data().length();
            assertThat(block.image()).isEqualTo(image);
            assertThat(block.data().length()).as("I8").isBetween(1, size);
            assertThat(blockEnd).as("I8").isLessThanOrEqualTo(end);
          }
        }
      }
    }

    void end(OfferedDevice device) {
      ImageId image = anyImage().image();
      ZclStatus status = ENDS[random.below(ENDS.length)];
      hub.receive(device.number, new UpgradeEndRequest(status, image));
      assertThat(
              hub.effects.messages(UpgradeEndResponse.class).isEmpty()
                  || device.mayHave(header(image)))
          .as("I5, I9: device " + device.number + " is told to run " + image)
          .isTrue();
      if (status.equals(ZclStatus.SUCCESS) && random.chance(0.3) && device.mayHave(header(image))) {
        note();
        device.running = image;
        query(device);
      }
    }

    void pass(long millis) {
      hub.effects.clear();
      hub.pass(millis);
    }

    void note() {
      for (Event event : hub.effects.events) {
        transcript.add(event.toString());
        for (OfferedDevice device : devices) {
          if (event instanceof UpdateEvent of
              && of.device().equals(Counter.device(device.number).address())) {
            device.count(of);
          }
        }
      }
      hub.effects.sent.forEach(sent -> transcript.add(sent.toString()));
      hub.effects.clear();
    }

    void check(OfferedDevice moved) {
      for (Sent sent : hub.effects.sent) {
        if (sent.message() instanceof ImageBlockResponse.Success block) {
          Octets file = FILES.get(HEADERS.indexOf(header(block.image())));
          assertThat(block.data())
              .as("I1")
              .isEqualTo(file.slice((int) block.fileOffset(), block.data().length()));
        }
      }
      note();
      HubStatus status = hub.machine.status();
      assertThat(status.transferring()).as("I8").isBetween(0, places);
      assertThat(status.queued())
          .isEqualTo(
              (int) status.devices().stream().filter(d -> d.phase() == Phase.QUEUED).count());
      for (HubStatus.DeviceStatus device : status.devices()) {
        assertThat(ENDED.contains(device.phase()) && device.remainingMillis().isPresent())
            .isFalse();
      }
      if (!unasked) {
        assertThat(moved.ends)
            .as("I7: device " + moved.number)
            .isLessThanOrEqualTo(moved.offers.size() + moved.replaced);
      }
    }

    void end() {
      // Nobody comes any more.
      for (int day = 0; day < 60; day++) {
        pass(DAY);
        note();
      }
      for (HubStatus.DeviceStatus device : hub.machine.status().devices()) {
        assertThat(device.phase()).as("I7: " + device).isIn(ENDED);
      }
      // Only who may not have heard yet that an image was taken back is still thought of.
      assertThat(hub.effects.wakeAt)
          .as("I7: a timer without a purpose")
          .isGreaterThan(hub.machine.status().devices().isEmpty() ? Long.MAX_VALUE - 1 : hub.nanos);
      assertThat(hub.machine.status().transferring()).isZero();
      if (!unasked) {
        for (OfferedDevice device : devices) {
          assertThat(device.ends)
              .as("I7: device " + device.number)
              .isBetween(device.offers.size(), device.offers.size() + device.replaced);
        }
      }
    }
  }

  private static OtaHeader header(ImageId image) {
    return HEADERS.stream().filter(h -> h.image().equals(image)).findFirst().orElseThrow();
  }

  private static List<String> run(long seed) {
    Run run = new Run(seed);
    try {
      for (int i = 0; i < STEPS; i++) {
        run.step();
      }
      run.end();
    } catch (AssertionError fault) {
      int last = Math.max(0, run.transcript.size() - 12);
      throw new AssertionError(
          "seed "
              + seed
              + " after "
              + String.join("\n  ", run.transcript.subList(last, run.transcript.size())),
          fault);
    }
    return run.transcript;
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void whateverDevicesAndOperatorDoTheHubKeepsItsLimitsAndComesToAnEnd(
      @ForAll @LongRange(min = 1, max = 300) long seed) {
    assertThat(run(seed)).isNotEmpty();
  }

  @Tag("soak")
  @Property(seed = "20261125", tries = 1)
  void aHundredThousandSeedsHold() {
    long seeds = "short".equals(System.getProperty("hanota.soak")) ? 2_000 : 100_000;
    for (long seed = 1_000_000; seed < 1_000_000 + seeds; seed++) {
      assertThat(run(seed)).isNotEmpty();
    }
  }

  @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
  void theSameSeedGivesTheSameMessagesAndEvents(@ForAll @LongRange(min = 1, max = 10) long seed) {
    assertThat(run(seed)).isEqualTo(run(seed));
  }
}
