// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import org.hanota.sim.radio.RadioSettings;

/**
 * The one channel that a home's frames share.
 *
 * @param settings its band and rules
 * @param meterPeriodNanos between two metering frames, to and from each device in turn; 0 for none
 */
public record Radio(RadioSettings settings, long meterPeriodNanos) {
  /** Checks the period. */
  public Radio {
    if (meterPeriodNanos < 0) {
      throw new IllegalArgumentException(
          "meterPeriod is " + meterPeriodNanos + " ns, allowed 0 and more");
    }
  }
}
