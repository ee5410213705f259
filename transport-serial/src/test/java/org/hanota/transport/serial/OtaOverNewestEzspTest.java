// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import org.hanota.transport.serial.emulator.StickModel;

/** Complete updates through a stick with the newest version of EZSP. */
class OtaOverNewestEzspTest extends OtaOverStick {
  @Override
  StickModel model() {
    return StickModel.ezsp(19);
  }
}
