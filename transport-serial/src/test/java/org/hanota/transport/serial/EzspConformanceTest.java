// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

/** What every transport must do, through a stick of Silicon Labs. */
class EzspConformanceTest extends ConformanceOverStick {
  @Override
  StickFamily family() {
    return StickFamily.EZSP;
  }
}
