// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import org.hanota.transport.serial.znp.Firmware;

/** Which stick is emulated. */
public sealed interface StickModel {
  /** A CC2652 with Z-Stack 3.x.0. */
  StickModel CC2652 = new Znp(new Firmware(2, Firmware.ZSTACK_3_X_0, 2, 7, 1, 20230507L));

  /**
   * A stick of Texas Instruments.
   *
   * @param firmware what it says of itself
   */
  record Znp(Firmware firmware) implements StickModel {}
}
