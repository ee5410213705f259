// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.hanota.api.Octets;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.serial.Capture;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.port.PortKeeper;
import org.hanota.transport.serial.stick.Incoming;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.StickLimits;

/**
 * A coordinator with a network of devices and no radio. Whoever opens the other end of its port
 * finds a stick; its devices are transports for machines. Everything happens in tasks of the
 * scheduler, so that a run in virtual time repeats exactly.
 */
public final class Emulator implements AutoCloseable {
  private final EmulatorConfig config;
  private final Scheduler scheduler;
  private final TimeSource time;
  private final PortKeeper port;
  private final Air air;
  private final EmulatedStick stick;
  private Optional<Capture> capture = Optional.empty();

  /** Restarts so far: what an earlier life still had to say is void. */
  private int life;

  /**
   * @param opener the emulator's end of the line
   * @param scheduler runs one task at a time
   * @param time the time of the scheduler
   */
  public Emulator(
      EmulatorConfig config, BytePort.Opener opener, Scheduler scheduler, TimeSource time) {
    this.config = config;
    this.scheduler = scheduler;
    this.time = time;
    Around around = new Around();
    air = new Air(config, this::coordinator, around, new Recorder());
    stick = stick(config, around, air);
    port = new PortKeeper(opener, StickLimits.DEFAULT, scheduler, new PortListener());
  }

  /** Opens the port. */
  public void start() {
    port.start();
  }

  /** The network that the stick holds, whether it runs or not. */
  public Network network() {
    return stick.network();
  }

  /** From now on messages fare as this says. */
  public void conditions(Conditions now) {
    air.conditions(now);
  }

  /**
   * From now on frames of the serial line fare as this says.
   *
   * @throws IllegalArgumentException unless it is a stick of Silicon Labs: no other line repeats
   *     what was lost
   */
  public void lineFaults(LineFaults now) {
    if (stick instanceof EzspStick ezsp) {
      ezsp.lineFaults(now);
    } else {
      throw new IllegalArgumentException(
          "the stick is " + config.model() + ", allowed one of Silicon Labs, whose line repeats");
    }
  }

  /** From now on what goes over the radio is recorded. */
  public void capture(Capture recorder) {
    capture = Optional.of(recorder);
  }

  /** Adds a device; the transport is for its machine. */
  public Transport add(EmulatedDevice device) {
    return radio(device);
  }

  private DeviceRadio radio(EmulatedDevice device) {
    DeviceRadio radio = new DeviceRadio(device, config, scheduler, air);
    air.add(radio);
    return radio;
  }

  /**
   * Adds a device that runs this machine, and starts it. It announces itself after each restart.
   *
   * @param machines makes the machine anew at each start
   * @param listener gets every event with its time
   */
  public Driver add(
      EmulatedDevice device,
      Supplier<? extends Machine> machines,
      BiConsumer<Now, Event> listener) {
    int profileId = device.descriptor().profileId();
    boolean encrypted = profileId == Clusters.PROFILE_SMART_ENERGY;
    NodeConfig node = new NodeConfig(device.self(), profileId, false, encrypted);
    DeviceRadio radio = radio(device);
    Supplier<Machine> announced =
        () -> {
          air.announce(radio);
          return machines.get();
        };
    Driver driver =
        Driver.builder(node, announced, radio, scheduler, time).listener(listener).build();
    driver.start();
    return driver;
  }

  /** Restarts as by its watchdog: the host is told and must set up everything anew. */
  public void crash() {
    restart();
  }

  @Override
  public void close() {
    life++;
    port.close();
  }

  private void restart() {
    life++;
    int mine = life;
    stick.restarting();
    scheduler.schedule(
        config.resetTime().toNanos(),
        () -> {
          if (mine == life) {
            stick.restarted();
          }
        });
  }

  private static EmulatedStick stick(
      EmulatorConfig config, EmulatedStick.Surroundings around, Air air) {
    if (config.model() instanceof StickModel.Znp znp) {
      return new ZnpStick(config, znp.firmware(), around, air);
    }
    if (config.model() instanceof StickModel.Ezsp ezsp) {
      return new EzspStick(config, ezsp, around, air);
    }
    throw new AssertionError(config.model());
  }

  private Air.Coordinator coordinator() {
    return stick;
  }

  private final class PortListener implements PortKeeper.Listener {
    @Override
    public void onOpen() {
      stick.opened();
    }

    @Override
    public void onOctets(Octets octets) {
      stick.octets(octets);
    }

    @Override
    public void onLost(String reason, long retryNanos) {
      // It is opened again; the devices hear nothing meanwhile.
    }
  }

  private final class Recorder implements Air.Tap {
    @Override
    public void sent(Outgoing message) {
      capture.ifPresent(
          each -> {
            each.network(stick.network());
            each.sent(message);
          });
    }

    @Override
    public void received(Incoming message) {
      capture.ifPresent(
          each -> {
            each.network(stick.network());
            each.received(message);
          });
    }
  }

  private final class Around implements EmulatedStick.Surroundings {
    @Override
    public void write(Octets octets) {
      port.write(octets);
    }

    @Override
    public void after(long nanos, Runnable task) {
      int mine = life;
      scheduler.schedule(
          nanos,
          () -> {
            if (mine == life) {
              task.run();
            }
          });
    }

    @Override
    public void restart() {
      Emulator.this.restart();
    }

    @Override
    public long nanos() {
      return time.now().monotonicNanos();
    }
  }
}
