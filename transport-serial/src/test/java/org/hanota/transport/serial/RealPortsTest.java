// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import org.hanota.transport.serial.emulator.StickModel;

/** Host and emulator of a ZNP stick over what the operating system offers. */
class RealPortsTest extends RealPorts {
  @Override
  StickModel model() {
    return StickModel.CC2652;
  }
}
