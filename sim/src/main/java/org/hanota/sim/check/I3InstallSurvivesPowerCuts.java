// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;

/**
 * I3: after a power cut at any moment the device boots and goes on: it never touches the image that
 * runs, and its journal claims no octet that was not written.
 */
final class I3InstallSurvivesPowerCuts extends Checker {
  I3InstallSurvivesPowerCuts(Judge judge) {
    super("I3", "a device started again with a part of its image", judge);
  }

  @Override
  void started(Subject device, Journal journal) {
    if (journal.download().filter(download -> download.position() > 0).isPresent()) {
      reach();
    }
  }

  @Override
  void changes(Subject device, Journal journal, Slot slot, String does) {
    if (!isCounted(BankRules.isIdle(journal, slot))) {
      throw violated(device, does + " the slot that runs");
    }
  }

  @Override
  void saves(Subject device, Journal journal, long claimed, long written) {
    if (!isCounted(written >= claimed)) {
      throw violated(device, "claims " + claimed + " octets and has written " + written);
    }
  }
}
