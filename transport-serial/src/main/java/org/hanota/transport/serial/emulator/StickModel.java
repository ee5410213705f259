// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import org.hanota.transport.serial.ezsp.EmberZnet;
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

  /**
   * A stick of Silicon Labs.
   *
   * @param version of EZSP
   * @param release of EmberZNet
   */
  record Ezsp(int version, EmberZnet release) implements StickModel {}

  /** A stick of Silicon Labs with a release of EmberZNet that speaks this version of EZSP. */
  static StickModel ezsp(int version) {
    EmberZnet release =
        switch (version) {
          case 13 -> new EmberZnet(7, 4, 5, 0, 0);
          case 14 -> new EmberZnet(8, 0, 3, 0, 0);
          case 16 -> new EmberZnet(8, 1, 2, 0, 0);
          case 17 -> new EmberZnet(8, 2, 0, 0, 0);
          case 18 -> new EmberZnet(8, 2, 1, 0, 0);
          case 19 -> new EmberZnet(9, 1, 0, 0, 0);
          default ->
              throw new IllegalArgumentException(
                  "version is " + version + ", allowed 13, 14, 16, 17, 18 and 19");
        };
    return new Ezsp(version, release);
  }
}
