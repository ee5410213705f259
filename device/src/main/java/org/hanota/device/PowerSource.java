// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

/**
 * What powers a device, which the device itself knows best: a server that asked would have to trust
 * an answer from before the download. Below {@link DeviceParameters#minimumPowerPercent} no
 * download begins and no image is put in place; what was due is tried again later.
 */
@FunctionalInterface
public interface PowerSource {
  /** A device on the mains. */
  PowerSource MAINS = () -> 100;

  /** How full the battery is, in percent. */
  int remainingPercent();
}
