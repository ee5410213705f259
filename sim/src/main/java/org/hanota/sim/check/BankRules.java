// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;

/** What a device may do to its bank, as the invariants say it. */
public final class BankRules {
  private BankRules() {}

  /** Whether the slot is not the one that runs, so that it may change. [I3] */
  public static boolean isIdle(Journal journal, Slot slot) {
    return slot != journal.active();
  }

  /**
   * Whether a new image is in place that has not confirmed itself, so that nothing changes. [I4]
   */
  public static boolean isUndecided(Journal journal) {
    return journal.boot() == Journal.Boot.SWAPPED || journal.boot().isTrial();
  }
}
