// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import org.hanota.api.Parameter;
import org.hanota.api.SeededRandom;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;

/**
 * When homes change their supplier first after the start of the campaign, each by itself. The
 * former one's request is refused after that, and so is his activation of an image that came
 * before.
 */
final class SupplierChanges {
  private static final double YEAR = 365.25 * Parameter.DAY;
  private static final double UNIT = 0x1.0p-53;

  private final long seed;
  private final double meanMillis;

  SupplierChanges(FleetScenario scenario) {
    this.seed = scenario.seed();
    double share = scenario.campaign().supplierChanges();
    this.meanMillis = share == 0 ? 0 : -YEAR / StrictMath.log1p(-share);
  }

  /** When a home does; {@link WaveTimes#NEVER} where none does. */
  long millis(long home) {
    if (meanMillis == 0) {
      return WaveTimes.NEVER;
    }
    SeededRandom random = Streams.of(seed, home).of(Purpose.FLEET_SUPPLIER);
    double uniform = ((random.nextLong() >>> 11) + 1) * UNIT;
    return (long) (-StrictMath.log(uniform) * meanMillis);
  }
}
