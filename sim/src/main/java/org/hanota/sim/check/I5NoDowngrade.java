// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import org.hanota.device.bank.Journal;

/** I5: no downgrade without an explicit permission. */
final class I5NoDowngrade extends Checker {
  I5NoDowngrade(Judge judge) {
    super("I5", "a device without that permission changed its version", judge);
  }

  @Override
  void swaps(Subject device, Journal before, Journal after, long latestUtcMillis) {
    if (after.boot() == Journal.Boot.SWAPPED) {
      check(
          device.mayGoBack() || after.running().compareTo(before.running()) > 0,
          device,
          "goes from " + before.running() + " to " + after.running());
      if (!device.mayGoBack()) {
        reach();
      }
    }
  }
}
