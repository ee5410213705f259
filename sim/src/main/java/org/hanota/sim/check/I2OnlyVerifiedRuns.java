// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.device.bank.Journal;
import org.hanota.gbcs.Message;

/**
 * I2: nothing unverified is ever activated, what boots is octet for octet what was verified, and a
 * device that needs a command has one for this image.
 */
final class I2OnlyVerifiedRuns extends Checker {
  private final CommandsSeen commands = new CommandsSeen();
  private final Set<Eui64> verified = new TreeSet<>();

  I2OnlyVerifiedRuns(Judge judge) {
    super("I2", "an image was put in place by a command", judge);
  }

  @Override
  void headEnd(Message message) {
    commands.message(message);
  }

  @Override
  void event(Subject device, UpdateEvent event, long latestUtcMillis) {
    if (event instanceof UpdateEvent.Started) {
      verified.remove(device.address());
    } else if (event instanceof UpdateEvent.Verified) {
      verified.add(device.address());
    } else if (event instanceof UpdateEvent.Activating activating) {
      String does = "activates " + activating.image();
      check(verified.contains(device.address()), device, does + " unverified");
      check(
          device.holds(device.bank().journal().inactive()),
          device,
          "activates what is not " + activating.image());
    }
  }

  @Override
  void started(Subject device, Journal journal) {
    check(
        !journal.running().equals(device.image().fileVersion()) || device.holds(journal.active()),
        device,
        "boots what is not " + journal.running());
  }

  /** The slots change places, whatever the device says about it. */
  @Override
  void swaps(Subject device, Journal before, Journal after, long latestUtcMillis) {
    if (after.boot() != Journal.Boot.SWAPPED) {
      return;
    }
    ImageId image = device.image().withVersion(after.running());
    check(image.equals(device.image()), device, "swaps to " + image);
    check(device.holds(before.inactive()), device, "swaps to what is not " + image);
    if (device.byCommand()) {
      check(
          commands.names(device.address(), device.served()),
          device,
          "swaps to " + image + " without command");
      reach();
    }
  }
}
