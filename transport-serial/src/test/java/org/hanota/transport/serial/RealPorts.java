// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.hanota.api.Octets;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.serial.emulator.Conditions;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.StickModel;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.port.HostPort;
import org.hanota.transport.serial.port.TcpListener;
import org.hanota.transport.serial.stick.Fate;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.StickEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Host and emulator over what the operating system offers, in real time, for the stick that the
 * subclass chooses.
 */
abstract class RealPorts {
  /** Which stick it is. */
  abstract StickModel model();

  private static final int BAUD = 115_200;

  /** A safety net: everything here takes seconds. */
  private static final long PATIENCE_SECONDS = 120;

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final TimeSource time = TimeSource.of(InstantSource.system(), System::nanoTime);

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  private Home home(Octets image, BytePort.Opener stickSide) {
    return home(image, Clusters.PROFILE_HOME_AUTOMATION, stickSide);
  }

  private Home home(Octets image, int profileId, BytePort.Opener stickSide) {
    Home home =
        new Home(
            image,
            profileId,
            Home.stick().model(model()).times(Duration.ofMillis(1), Duration.ofMillis(2)),
            stickSide,
            Scheduler.of(executor),
            time);
    return home.withDevice(home.emulatedDevice().joinedAlready());
  }

  /** What belongs to the executor is looked at on the executor. */
  private boolean on(BooleanSupplier condition) throws Exception {
    return executor.submit(condition::getAsBoolean).get();
  }

  private void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!on(condition)) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Clusters.PROFILE_HOME_AUTOMATION, Clusters.PROFILE_SMART_ENERGY})
  void aDeviceIsUpdatedOverTcp(int profileId) throws Exception {
    try (TcpListener listener = TcpListener.at(new HostPort("127.0.0.1", 0));
        Home home = home(OtaOverStick.image(6_062), profileId, listener)) {
      home.countingEncryption()
          .withHost(BytePort.Opener.of(listener.name(), BAUD), Optional.empty());
      await("the update", home::updated);
      executor.submit(home::encryptionSeenBothWays).get();
      assertThat(on(() -> home.server().failures == 0)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Clusters.PROFILE_HOME_AUTOMATION, Clusters.PROFILE_SMART_ENERGY})
  void aDeviceIsUpdatedOverAPseudoTerminal(int profileId, @TempDir Path folder) throws Exception {
    try (Socat cable = Socat.plug(folder);
        Home home =
            home(OtaOverStick.image(6_062), profileId, BytePort.Opener.of(cable.right(), BAUD))) {
      home.countingEncryption();
      home.withHost(BytePort.Opener.of(cable.left(), BAUD), Optional.empty());
      await("the update", home::updated);
      executor.submit(home::encryptionSeenBothWays).get();
      assertThat(on(() -> home.server().failures == 0)).isTrue();
    }
  }

  @Test
  void theTransferGoesOnAfterThePseudoTerminalWasPulledOutAndPutBack(@TempDir Path folder)
      throws Exception {
    try (Socat cable = Socat.plug(folder);
        Home home = home(OtaOverStick.image(24_062), BytePort.Opener.of(cable.right(), BAUD))) {
      home.withHost(BytePort.Opener.of(cable.left(), BAUD), Optional.empty());
      await("half of the blocks", () -> home.server().blocks > 200);
      cable.unplug();
      await("the loss", () -> home.count(StickEvent.PortLost.class) > 0);
      assertThat(on(home::updated)).isFalse();
      cable.replug();
      await("the update", home::updated);
      assertThat(on(() -> home.count(StickEvent.Started.class) == 2)).isTrue();
      assertThat(on(() -> home.server().blocks < 501 + 100)).as("it went on").isTrue();
    }
  }

  @Test
  void theTransferGoesOnAfterTheConnectionWasLost() throws Exception {
    try (TcpListener listener = TcpListener.at(new HostPort("127.0.0.1", 0));
        Home home = home(OtaOverStick.image(12_062), listener)) {
      home.withHost(BytePort.Opener.of(listener.name(), BAUD), Optional.empty());
      await("some blocks", () -> home.server().blocks > 50);
      executor.submit(() -> home.transport().reopen("for a test")).get();
      await("the update", home::updated);
      assertThat(on(() -> home.count(StickEvent.Started.class) == 2)).isTrue();
    }
  }

  @Test
  void aFormedNetworkOutlivesAFailureAndAResetOverTcp() throws Exception {
    try (TcpListener listener = TcpListener.at(new HostPort("127.0.0.1", 0));
        Home home = withoutNetwork(listener)) {
      failsAndRestarts(home, BytePort.Opener.of(listener.name(), BAUD));
    }
  }

  @Test
  void aFormedNetworkOutlivesAFailureAndAResetOverAPseudoTerminal(@TempDir Path folder)
      throws Exception {
    try (Socat cable = Socat.plug(folder);
        Home home = withoutNetwork(BytePort.Opener.of(cable.right(), BAUD))) {
      failsAndRestarts(home, BytePort.Opener.of(cable.left(), BAUD));
    }
  }

  private Home withoutNetwork(BytePort.Opener stickSide) {
    Home home =
        new Home(
            OtaOverStick.image(12_062),
            Clusters.PROFILE_HOME_AUTOMATION,
            EmulatorConfig.blank(Home.STICK)
                .model(model())
                .times(Duration.ofMillis(1), Duration.ofMillis(2)),
            stickSide,
            Scheduler.of(executor),
            time);
    return home.withDevice(home.emulatedDevice());
  }

  /** Forms, lets a device join; one message gets no acknowledgement, then the stick restarts. */
  private void failsAndRestarts(Home home, BytePort.Opener hostSide) throws Exception {
    home.emulator.conditions(
        new Conditions() {
          private int messages;

          @Override
          public Optional<Fate> confirm(Outgoing message) {
            messages++;
            return Optional.of(messages == 20 ? Fate.NO_ACK : Fate.DELIVERED);
          }
        });
    home.withHost(home.hostConfig().forming(Home.NETWORK), hostSide, Optional.empty());
    await("the network", home::started);
    executor.submit(() -> home.transport().permitJoin(60)).get();
    await("some blocks", () -> home.server().blocks > 50);
    executor.submit(home.emulator::crash).get();
    await("the update", home::updated);
    assertThat(on(() -> home.server().failures > 0)).as("the failure is told").isTrue();
    assertThat(on(() -> home.count(StickEvent.Restarted.class) == 1)).isTrue();
    assertThat(on(() -> home.count(StickEvent.Started.class) == 2)).as("resumed").isTrue();
  }

  @Test
  void whereNothingListensTheReasonIsTold() throws Exception {
    try (TcpListener listener = TcpListener.at(new HostPort("127.0.0.1", 0));
        Home home = home(OtaOverStick.image(1_062), listener)) {
      home.withHost(BytePort.Opener.of("/no/such/port", BAUD), Optional.empty());
      await("the reason", () -> home.count(StickEvent.PortLost.class) > 1);
      assertThat(on(() -> home.stickEvents.get(0).toString().contains("/no/such/port"))).isTrue();
    }
  }
}
