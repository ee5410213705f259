// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import org.hanota.headend.check.CheckLists;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A device of an upload's list for which something does not hold gets nothing. */
class RefusedDevicesTest {
  private final RefusedDevices cases = new RefusedDevices(CheckLists.ALL);

  @Test
  @DisplayName("C02: what is switched off gets nothing")
  void eachDeviceOfAListThatGetsNothingStandsInTheListOfItsReason() {
    cases.eachDeviceOfAListThatGetsNothingStandsInTheListOfItsReason();
  }

  @Test
  @DisplayName("attack 4: one image with the highest version would leave no later one")
  void aVersionThatIsTooFarAheadIsSentToNobody() {
    cases.aVersionThatIsTooFarAheadIsSentToNobody();
  }

  /** Only a hub with the firmware for it serves a PPMID. */
  @Test
  void aHubThatIsTooOldGetsNoImageForAPpmid() {
    cases.aHubThatIsTooOldGetsNoImageForAPpmid();
  }

  @Test
  @DisplayName(
      "attack 12: what activates itself is checked against its neighbours before it leaves")
  void aPpmidThatWouldNotWorkWithItsMeterGetsNoImage() {
    cases.aPpmidThatWouldNotWorkWithItsMeterGetsNoImage();
  }
}
