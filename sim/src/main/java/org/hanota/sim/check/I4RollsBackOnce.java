// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;

/** I4: the old image is kept until the new one has confirmed itself, and only a trial goes back. */
final class I4RollsBackOnce extends Checker {
  I4RollsBackOnce(Judge judge) {
    super("I4", "an image was on trial", judge);
  }

  @Override
  void started(Subject device, Journal journal) {
    if (BankRules.isUndecided(journal)) {
      reach();
    }
  }

  @Override
  void changes(Subject device, Journal journal, Slot slot, String does) {
    if (!isCounted(!BankRules.isUndecided(journal))) {
      throw violated(device, does + " the old image before the new one is confirmed");
    }
  }

  @Override
  void swaps(Subject device, Journal before, Journal after, long latestUtcMillis) {
    if (after.boot() != Journal.Boot.SWAPPED) {
      check(before.boot().isTrial(), device, "goes back without a trial: " + after);
    }
  }
}
