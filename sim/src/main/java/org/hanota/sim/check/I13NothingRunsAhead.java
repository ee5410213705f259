// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.OptionalLong;
import org.hanota.gbcs.Message;

/** I13: no counter is beyond what the device was sent, so that the next honest command counts. */
final class I13NothingRunsAhead extends Checker {
  private final CommandsSeen commands = new CommandsSeen();

  I13NothingRunsAhead(Judge judge) {
    super("I13", "a device stored a counter", judge);
  }

  @Override
  void headEnd(Message message) {
    commands.message(message);
  }

  @Override
  void counter(Subject device, OptionalLong stored) {
    long last = commands.lastCounter(device.address()).orElse(Long.MIN_VALUE);
    check(
        stored.isEmpty() || stored.getAsLong() <= last,
        device,
        "has a counter that nobody sent: " + stored);
    if (stored.isPresent()) {
      reach();
    }
  }
}
