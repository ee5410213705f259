// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import org.hanota.api.machine.Effects;

/** Whether there is enough power to begin something that must not break off. */
final class PowerReserve {
  private final DeviceConfig config;
  private final PowerSource source;

  PowerReserve(DeviceConfig config, PowerSource source) {
    this.config = config;
    this.source = source;
  }

  /** Whether it is enough; reported where it is not. */
  boolean suffices(Effects effects) {
    int percent = source.remainingPercent();
    int needed = config.parameters().minimumPowerPercent();
    if (percent >= needed) {
      return true;
    }
    effects.report(new DeviceEvent.PowerLow(config.address(), percent, needed));
    return false;
  }
}
