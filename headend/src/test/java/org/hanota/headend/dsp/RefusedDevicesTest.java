// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import org.hanota.headend.check.CheckLists;
import org.junit.jupiter.api.Test;

/** A device of an upload's list for which something does not hold gets nothing. */
class RefusedDevicesTest {
  private final RefusedDevices cases = new RefusedDevices(CheckLists.ALL);

  /** C02: what is switched off gets nothing. C03: one list for all types of device. */
  @Test
  void eachDeviceOfAListThatGetsNothingStandsInTheListOfItsReason() {
    cases.eachDeviceOfAListThatGetsNothingStandsInTheListOfItsReason();
  }

  /** Attack 4: one image with the highest version would leave no later one. */
  @Test
  void aVersionThatIsTooFarAheadIsSentToNobody() {
    cases.aVersionThatIsTooFarAheadIsSentToNobody();
  }

  /** Only a hub with the firmware for it serves a PPMID. */
  @Test
  void aHubThatIsTooOldGetsNoImageForAPpmid() {
    cases.aHubThatIsTooOldGetsNoImageForAPpmid();
  }

  /** Attack 12: what activates itself is checked against its neighbours before it leaves. */
  @Test
  void aPpmidThatWouldNotWorkWithItsMeterGetsNoImage() {
    cases.aPpmidThatWouldNotWorkWithItsMeterGetsNoImage();
  }
}
