// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.conformance.Harness;
import org.hanota.transport.serial.emulator.EmulatedDevice;
import org.hanota.transport.serial.emulator.Emulator;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.StickModel;
import org.hanota.transport.serial.ezsp.EzspVersion;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.znp.DataRequest;

/** A host, a stick and its one device on a line whose time and kind the subclass chooses. */
abstract class StickHarness implements Harness {
  static final int BAUD = 115_200;

  /** What the air carries in one piece, under the network's security alone. */
  private static final int AIR_MAX = 82;

  private final StickFamily family;
  private final Scheduler scheduler;
  private final TimeSource time;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Emulator emulator;
  private final StickTransport hubSide;
  private final Transport deviceSide;

  StickHarness(
      StickFamily family,
      BytePort.Opener hostEnd,
      BytePort.Opener stickEnd,
      Scheduler scheduler,
      TimeSource time) {
    this.family = family;
    this.scheduler = scheduler;
    this.time = time;
    EmulatorConfig stick =
        Home.stick()
            .model(model(family))
            .times(Duration.ofMillis(1), Duration.ofMillis(2))
            .searchTime(Duration.ofSeconds(3))
            .build();
    emulator = new Emulator(stick, stickEnd, scheduler, time);
    deviceSide =
        emulator.add(
            EmulatedDevice.otaClient(
                    Home.DEVICE,
                    Home.SHORT_ADDRESS,
                    Clusters.PROFILE_SMART_ENERGY,
                    new ManufacturerCode(0x121D))
                .joinedAlready());
    hubSide =
        new StickTransport(
            family,
            HostConfig.otaServer(Home.HUB, Clusters.PROFILE_SMART_ENERGY).build(),
            hostEnd,
            scheduler,
            () -> time.now().monotonicNanos(),
            this::happened,
            Optional.empty());
    emulator.start();
  }

  private static StickModel model(StickFamily family) {
    return switch (family) {
      case ZNP -> StickModel.CC2652;
      case EZSP -> StickModel.ezsp(EzspVersion.NEWEST);
    };
  }

  private void happened(StickEvent event) {
    if (event instanceof StickEvent.Started) {
      started.set(true);
    }
  }

  @Override
  public Transport hubSide() {
    return hubSide;
  }

  @Override
  public Transport deviceSide() {
    return deviceSide;
  }

  @Override
  public Peer hub() {
    return Home.HUB;
  }

  @Override
  public Peer device() {
    return Home.DEVICE;
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public TimeSource time() {
    return time;
  }

  /** A stick answers BUSY until it has been set up. */
  @Override
  public void opened(Transport side) {
    if (side == hubSide) {
      assertThat(await(started::get)).as("the stick started").isTrue();
    }
  }

  /** The host does not cut a message for the stick; one of Silicon Labs does not either. */
  @Override
  public int longestFrame() {
    return switch (family) {
      case ZNP -> DataRequest.DATA_MAX;
      case EZSP -> AIR_MAX;
    };
  }

  @Override
  public void close() {
    hubSide.close();
    deviceSide.close();
    emulator.close();
  }
}
