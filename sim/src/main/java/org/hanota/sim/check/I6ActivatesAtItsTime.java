// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.device.bank.Journal;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;

/**
 * I6: an activation happens at its time, never before, at most once, and a cancelled one never.
 * Times are judged by the latest that any clock of the home may show.
 */
final class I6ActivatesAtItsTime extends Checker {
  private final CommandsSeen commands = new CommandsSeen();
  private final Set<Eui64> activated = new TreeSet<>();

  I6ActivatesAtItsTime(Judge judge) {
    super("I6", "a device was told a time, or to forget it", judge);
  }

  @Override
  void headEnd(Message message) {
    commands.message(message);
    if (message.payload() instanceof ActivateFirmware.Command command
        && !(command.activation() instanceof ActivateFirmware.Activation.Now)) {
      reach();
    }
  }

  @Override
  void event(Subject device, UpdateEvent event, long latestUtcMillis) {
    if (event instanceof UpdateEvent.Activating activating) {
      String does = "activates " + activating.image();
      check(!activated.contains(device.address()), device, does + " twice");
      check(
          !(device.when() instanceof UpgradeTime.At at) || latestUtcMillis >= at.utcMillis(),
          device,
          does + " before its time");
      activated.add(device.address());
    } else if (event instanceof UpdateEvent.Confirmed confirmed) {
      check(
          activated.contains(device.address()),
          device,
          "runs " + confirmed.image() + " without activation");
    }
  }

  /** What it had begun to activate and not put in place is void. */
  @Override
  void started(Subject device, Journal journal) {
    if (journal.running().equals(device.image().fileVersion())) {
      activated.add(device.address());
    } else {
      activated.remove(device.address());
    }
  }

  @Override
  void swaps(Subject device, Journal before, Journal after, long latestUtcMillis) {
    if (after.boot() != Journal.Boot.SWAPPED) {
      return;
    }
    ImageId image = device.image().withVersion(after.running());
    check(!after.running().equals(before.running()), device, "swaps again to " + image);
    if (device.byCommand()) {
      boolean allowed = commands.allows(device.address(), device.served(), latestUtcMillis);
      check(allowed, device, "swaps at a wrong time");
    } else if (device.when() instanceof UpgradeTime.At at) {
      check(latestUtcMillis >= at.utcMillis(), device, "swaps before its time");
    }
  }
}
