// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.gbcs.payload.BackedUpDevice;
import org.hanota.headend.store.Stored;

/**
 * A hub's device log as it last told it, for the hub that replaces it: CS14 carries it.
 *
 * @param hub whose
 * @param extendedPanId of its home
 * @param devices who was in it
 */
record LogBackup(Eui64 hub, Eui64 extendedPanId, List<BackedUpDevice> devices) implements Stored {
  LogBackup {
    devices = List.copyOf(devices);
  }

  @Override
  public String key() {
    return "log " + hub;
  }
}
