// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import org.hanota.transport.serial.emulator.StickModel;

/** Complete updates through a ZNP stick. */
class OtaOverZnpTest extends OtaOverStick {
  @Override
  StickModel model() {
    return StickModel.CC2652;
  }
}
