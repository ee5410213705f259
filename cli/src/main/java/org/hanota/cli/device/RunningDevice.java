// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceNode;
import org.hanota.device.bank.ImageBank;

/** One device with its bank, driven over a transport. */
final class RunningDevice implements AutoCloseable {
  private static final long POWER_CUT_NANOS = 5_000_000_000L;

  private final Driver driver;
  private final Scheduler scheduler;
  private final ImageBank bank;

  /** Percentages of the image at which the power is still to be cut. */
  private final List<Integer> powerCuts;

  RunningDevice(
      DeviceConfig config,
      ImageBank bank,
      Transport transport,
      Scheduler scheduler,
      TimeSource time,
      long seed,
      List<Integer> powerCuts,
      BiConsumer<Now, Event> listener) {
    this.bank = bank;
    this.powerCuts = new ArrayList<>(powerCuts);
    this.scheduler = scheduler;
    this.driver =
        DeviceNode.of(config, bank, () -> true)
            .endpoint(RunCommand.ENDPOINT)
            .seed(seed)
            .on(transport, scheduler, time)
            .listener(
                (now, event) -> {
                  listener.accept(now, event);
                  cutPower(event);
                })
            .build();
  }

  /** Not from inside the call of the machine that brought the event. */
  private void cutPower(Event event) {
    if (event instanceof UpdateEvent.Transferring transferring) {
      long percent = 100 * transferring.fileOffset() / transferring.imageSizeOctets();
      if (powerCuts.removeIf(at -> percent >= at)) {
        scheduler.schedule(0, () -> driver.restart(POWER_CUT_NANOS));
      }
    }
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
