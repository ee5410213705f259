// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

/** What every transport must do, through a ZNP stick. */
class ConformanceTest extends ConformanceOverStick {
  @Override
  StickFamily family() {
    return StickFamily.ZNP;
  }
}
