// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import org.hanota.transport.serial.emulator.StickModel;

/** Host and emulator of a stick of Silicon Labs over what the operating system offers. */
class EzspRealPortsTest extends RealPorts {
  @Override
  StickModel model() {
    return StickModel.ezsp(19);
  }
}
