// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.device.bank.Slot;

/** I1: the verified image equals the served image, whatever is lost, repeated or reordered. */
final class I1VerifiedIsServed extends Checker {
  private final Set<Eui64> resumed = new TreeSet<>();

  I1VerifiedIsServed(Judge judge) {
    super("I1", "an image was verified whose transfer had been broken off", judge);
  }

  @Override
  void event(Subject device, UpdateEvent event, long latestUtcMillis) {
    if (event instanceof UpdateEvent.Started started && started.fileOffset() > 0) {
      resumed.add(device.address());
    } else if (event instanceof UpdateEvent.Verified verified) {
      Slot slot = device.bank().journal().inactive();
      boolean holds =
          device.isFormer(verified.image()) ? device.holdsFormer(slot) : device.holds(slot);
      check(holds, device, "verified what is not " + verified.image());
      if (resumed.contains(device.address())) {
        reach();
      }
    }
  }
}
