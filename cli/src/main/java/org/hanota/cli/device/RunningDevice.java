// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.function.BiConsumer;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceNode;
import org.hanota.device.bank.ImageBank;

/** One device with its bank, driven over a transport. */
final class RunningDevice implements AutoCloseable {
  private final Driver driver;
  private final ImageBank bank;

  RunningDevice(
      DeviceConfig config,
      ImageBank bank,
      Transport transport,
      Scheduler scheduler,
      TimeSource time,
      long seed,
      BiConsumer<Now, Event> listener) {
    this.bank = bank;
    this.driver =
        DeviceNode.of(config, bank, () -> true)
            .endpoint(RunCommand.ENDPOINT)
            .seed(seed)
            .on(transport, scheduler, time)
            .listener(listener)
            .build();
  }

  ImageBank bank() {
    return bank;
  }

  void start() {
    driver.start();
  }

  @Override
  public void close() {
    driver.close();
  }
}
