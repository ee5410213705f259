// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.search.planted;

import org.hanota.device.DeviceMachine;
import org.hanota.device.DeviceState;

/** A search for a server that knows the machine which it is a part of. */
public final class KnowsTheMachine {
  private KnowsTheMachine() {}

  /** What no part may know. */
  public static DeviceState known(DeviceMachine machine) {
    return machine.state();
  }
}
