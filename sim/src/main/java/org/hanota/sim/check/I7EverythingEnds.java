// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import org.hanota.api.machine.UpdateEvent;

/** I7: each update ends, with success, a named failure or a named expiry. */
final class I7EverythingEnds extends Checker {
  I7EverythingEnds(Judge judge) {
    super("I7", "an update rested", judge);
  }

  @Override
  void event(Subject device, UpdateEvent event, long latestUtcMillis) {
    if (event instanceof UpdateEvent.Paused) {
      reach();
    }
  }

  @Override
  void ended(Subject device, boolean isOpen) {
    check(!isOpen, device, "neither ended nor failed");
  }
}
