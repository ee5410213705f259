// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.zcl.Clusters;
import org.hanota.testing.Shared;
import org.hanota.transport.serial.emulator.Conditions;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.StickModel;
import org.hanota.transport.serial.port.MemoryLink;
import org.hanota.transport.serial.stick.Fate;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickLimits;
import org.hanota.transport.serial.stick.StickParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Complete updates through host, line and emulator, in virtual time at the pace of a UART, for the
 * stick that the subclass chooses.
 */
abstract class OtaOverStick {
  private static final int BAUD = 115_200;
  private static final long HOUR = 3_600_000;

  private final VirtualTime time = new VirtualTime();
  private final MemoryLink line = new MemoryLink(time, BAUD);

  /** A file of that many octets, header included, whose content is random. */
  static Octets image(int size) {
    OctetWriter out = new OctetWriter(size);
    out.uint32le(0x0BEEF11EL).uint16le(0x0100).uint16le(56).uint16le(0);
    out.uint16le(0x1002).uint16le(0x5678).uint32le(2).uint16le(2);
    out.octets(Octets.wrap(new byte[32])).uint32le(size);
    out.uint16le(0).uint32le(size - 62L);
    return out.octets(SeededRandom.of(size, 0, 0).octets(size - 62)).toOctets();
  }

  /** Which stick it is. */
  abstract StickModel model();

  private Home home(Octets image, int profileId, EmulatorConfig.Builder stick) {
    return new Home(image, profileId, stick.model(model()), line.right(), time, time);
  }

  private Home home(int profileId) {
    Home home = home(image(6_062), profileId, Home.stick());
    return home.withDevice(home.emulatedDevice().joinedAlready());
  }

  @ParameterizedTest
  @ValueSource(ints = {Clusters.PROFILE_HOME_AUTOMATION, Clusters.PROFILE_SMART_ENERGY})
  void aDeviceIsUpdatedThroughTheStick(int profileId) {
    Home home = home(profileId).countingEncryption().withHost(line.left(), Optional.empty());
    try (home) {
      assertThat(time.until(home::updated, HOUR)).isTrue();
      home.encryptionSeenBothWays();
      assertThat(home.server().failures).isZero();
      assertThat(home.server().blocks).isEqualTo(127);
    }
  }

  @Test
  void aRealImageArrivesWithEveryOctet() throws Exception {
    Path file = Shared.require("corpus/ota/8aee09de7ff5.zigbee");
    Home home =
        home(Octets.wrap(Files.readAllBytes(file)), Clusters.PROFILE_HOME_AUTOMATION, Home.stick());
    try (home) {
      home.withDevice(home.emulatedDevice().joinedAlready());
      home.withHost(line.left(), Optional.empty());
      assertThat(time.until(home::updated, HOUR)).isTrue();
      assertThat(home.wholeImageHash())
          .isEqualTo("8aee09de7ff5469f8a2145cd9b38d906323ef439bbf4a6f4c5da91d28372c3ee");
    }
  }

  @Test
  void withoutALinkKeyNoSmartEnergyMessageIsSent() {
    Home home = home(Clusters.PROFILE_SMART_ENERGY);
    home.withHost(home.hostConfig().linkKeys(List.of()), line.left(), Optional.empty());
    assertThat(time.until(home::updated, HOUR)).isFalse();
    assertThat(home.server().blocks).isZero();
    home.close();
  }

  @Test
  void theTransferGoesOnAfterTheStickWasPulledOutAndPutBack() {
    try (Home home = home(Clusters.PROFILE_HOME_AUTOMATION)) {
      home.withHost(line.left(), Optional.empty());
      assertThat(time.until(() -> home.server().blocks == 60, HOUR)).isTrue();
      line.unplug();
      time.pass(7_000);
      assertThat(home.count(StickEvent.PortLost.class)).isPositive();
      int before = home.server().blocks;
      line.plug();
      assertThat(time.until(home::updated, HOUR)).isTrue();
      assertThat(home.server().blocks - before).as("blocks sent again").isLessThan(127 - 50);
      assertThat(home.count(StickEvent.Started.class)).isEqualTo(2);
    }
  }

  @Test
  void theTransferGoesOnAfterTheStickRestartedByItself() {
    try (Home home = home(Clusters.PROFILE_HOME_AUTOMATION)) {
      home.withHost(line.left(), Optional.empty());
      assertThat(time.until(() -> home.server().blocks == 60, HOUR)).isTrue();
      home.emulator.crash();
      assertThat(time.until(home::updated, HOUR)).isTrue();
      assertThat(home.count(StickEvent.Restarted.class)).isEqualTo(1);
      assertThat(home.server().blocks).isLessThan(150);
    }
  }

  @Test
  void aStickOrAChannelThatIsFullOnlyDelaysTheTransfer() {
    SeededRandom random = SeededRandom.of(5, 0, 0);
    try (Home home = home(Clusters.PROFILE_HOME_AUTOMATION)) {
      home.emulator.conditions(
          new Conditions() {
            @Override
            public Fate answer(Outgoing message) {
              return random.chance(0.3) ? Fate.BUSY : Fate.DELIVERED;
            }

            @Override
            public Optional<Fate> confirm(Outgoing message) {
              return Optional.of(random.chance(0.2) ? Fate.BUSY : Fate.DELIVERED);
            }

            @Override
            public boolean arrives(Outgoing message) {
              return random.chance(0.9);
            }

            @Override
            public boolean heard(Peer device) {
              return random.chance(0.9);
            }
          });
      home.withHost(line.left(), Optional.empty());
      assertThat(time.until(home::updated, 24 * HOUR)).isTrue();
    }
  }

  /** zigbee-herdsman#1852: a server that waits for its confirm misses the next request. */
  @Test
  void aRequestIsAnsweredWhileTheLastAnswerIsNotConfirmed() {
    try (Home home = home(Clusters.PROFILE_HOME_AUTOMATION)) {
      home.emulator.conditions(
          new Conditions() {
            @Override
            public Optional<Fate> confirm(Outgoing message) {
              return Optional.empty();
            }
          });
      home.withHost(line.left(), Optional.empty());
      assertThat(time.until(home::updated, HOUR)).isTrue();
      assertThat(home.server().blocks).as("none was asked for twice").isEqualTo(127);
    }
  }

  /** zigpy#1781: a block larger than the radio carries is lost each time. */
  @Test
  void blocksAreAsSmallAsTheStickDemands() {
    try (Home home = home(Clusters.PROFILE_HOME_AUTOMATION)) {
      home.withHost(
          home.hostConfig()
              .limits(StickLimits.DEFAULT.with(StickParameter.MAXIMUM_PAYLOAD, 17 + 40)),
          line.left(),
          Optional.empty());
      assertThat(time.until(home::updated, HOUR)).isTrue();
      assertThat(home.server().blocks).isEqualTo(152);
    }
  }

  @Test
  void aNetworkIsFormedAndADeviceJoinsIt() {
    Home home =
        home(image(1_000), Clusters.PROFILE_HOME_AUTOMATION, EmulatorConfig.blank(Home.STICK));
    try (home) {
      home.withDevice(home.emulatedDevice());
      home.withHost(home.hostConfig().forming(Home.NETWORK), line.left(), Optional.empty());
      assertThat(time.until(home::started, HOUR)).isTrue();
      assertThat(home.stickEvents)
          .filteredOn(event -> event instanceof StickEvent.Started)
          .singleElement()
          .satisfies(
              event -> {
                StickEvent.Started started = (StickEvent.Started) event;
                assertThat(started.network().panId()).isEqualTo(Home.NETWORK.panId());
                assertThat(started.network().channel()).isEqualTo(15);
                assertThat(started.network().extendedPanId())
                    .isEqualTo(Home.NETWORK.extendedPanId());
              });
      home.transport().permitJoin(60);
      assertThat(time.until(home::updated, HOUR)).isTrue();
      assertThat(home.stickEvents)
          .contains(
              new StickEvent.JoiningPermitted(60),
              new StickEvent.DeviceSeen(Home.DEVICE.address(), Home.SHORT_ADDRESS));
    }
  }

  @Test
  void anOfferWakesTheDevice() {
    try (Home home = home(Clusters.PROFILE_HOME_AUTOMATION)) {
      home.withHost(line.left(), Optional.empty());
      assertThat(time.until(home::started, HOUR)).isTrue();
      home.offer();
      assertThat(time.until(home::updated, 50_000)).isTrue();
    }
  }

  @Test
  void theSameRunGivesTheSameCaptureOctetForOctet() {
    assertThat(captureOfARun()).isEqualTo(captureOfARun());
  }

  private Octets captureOfARun() {
    VirtualTime time = new VirtualTime();
    MemoryLink line = new MemoryLink(time, BAUD);
    OctetWriter file = new OctetWriter(1 << 16);
    Home home =
        new Home(
            image(1_000),
            Clusters.PROFILE_HOME_AUTOMATION,
            Home.stick().model(model()),
            line.right(),
            time,
            time);
    home.withDevice(home.emulatedDevice().joinedAlready());
    home.withHost(line.left(), Optional.of(new Capture(file::octets, time::nanos, "stick")));
    assertThat(time.until(home::updated, HOUR)).isTrue();
    home.close();
    return file.toOctets();
  }

  @Test
  void whatIsScheduledDoesNotPileUp() {
    List<Integer> waiting = new ArrayList<>();
    try (Home home = home(Clusters.PROFILE_HOME_AUTOMATION)) {
      home.withHost(line.left(), Optional.empty());
      while (!home.updated() && time.nanos() < HOUR * 1_000_000) {
        time.pass(1_000);
        waiting.add(time.waiting());
      }
    }
    assertThat(waiting).isNotEmpty().allSatisfy(count -> assertThat(count).isLessThan(200));
  }
}
