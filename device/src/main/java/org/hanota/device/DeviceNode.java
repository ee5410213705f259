// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.function.BooleanSupplier;
import org.hanota.api.SeededRandom;
import org.hanota.api.node.Driver;
import org.hanota.api.node.DriverBuilder;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.device.bank.ImageBank;

/** A device with its ports, as it is put on a transport. One object stands for one device. */
public final class DeviceNode {
  private final DeviceConfig config;
  private final ImageBank bank;
  private final BooleanSupplier selfTest;
  private int endpoint = 1;
  private long seed;
  private PowerSource power = PowerSource.MAINS;
  private int starts;

  private DeviceNode(DeviceConfig config, ImageBank bank, BooleanSupplier selfTest) {
    this.config = config;
    this.bank = bank;
    this.selfTest = selfTest;
  }

  /**
   * A device on the mains whose OTA client is at endpoint 1.
   *
   * @param bank its images and its journal, which outlive restarts
   * @param selfTest whether a new image that has just started works; if not, the device rolls back
   */
  public static DeviceNode of(DeviceConfig config, ImageBank bank, BooleanSupplier selfTest) {
    return new DeviceNode(config, bank, selfTest);
  }

  /** The endpoint of its OTA client. */
  public DeviceNode endpoint(int number) {
    endpoint = number;
    return this;
  }

  /**
   * Decides, with the EUI-64 and the number of the start, what the device draws, such as its
   * jitter. Without this it is 0: devices still draw differently.
   */
  public DeviceNode seed(long number) {
    seed = number;
    return this;
  }

  /** What feeds it; without this: the mains. */
  public DeviceNode power(PowerSource source) {
    power = source;
    return this;
  }

  /** Its machine, made anew: each start has draws of its own. */
  public DeviceMachine machine() {
    SeededRandom random = SeededRandom.of(seed, config.address().value(), starts++);
    return new DeviceMachine(config, bank, random, selfTest, power);
  }

  /** Its driver, to be built and started, which makes a new machine at each start. */
  public DriverBuilder on(Transport transport, Scheduler scheduler, TimeSource time) {
    return Driver.builder(config.node(endpoint), this::machine, transport, scheduler, time);
  }
}
