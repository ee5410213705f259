// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.planted;

import org.hanota.hub.HubParameters;

/** A device that reaches into the hub. */
public final class KnowsTheHub {
  private KnowsTheHub() {}

  /** What no device may know. */
  public static int pace() {
    return HubParameters.DEFAULT.minimumBlockPeriodMs();
  }
}
