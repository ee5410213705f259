// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import org.hanota.api.SeededRandom;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;

/** What a home is like, drawn by its number. One object for all homes in turn. */
final class HomeTraits {
  private static final int WHOLE = 100;

  private final FleetScenario scenario;
  private final int deviceShares;
  int quality;
  int device;
  boolean isSilent;
  boolean fails;

  HomeTraits(FleetScenario scenario) {
    this.scenario = scenario;
    this.deviceShares = scenario.devices().stream().mapToInt(FleetDevice::share).sum();
  }

  /** Draws those of a home that has a device. Always draws as often. */
  void draw(long home) {
    SeededRandom random = Streams.of(scenario.seed(), home).of(Purpose.FLEET_HOME);
    int left = random.below(WHOLE);
    quality = 0;
    while (left >= scenario.quality().get(quality).share()) {
      left -= scenario.quality().get(quality).share();
      quality++;
    }
    left = random.below(deviceShares);
    device = 0;
    while (left >= scenario.devices().get(device).share()) {
      left -= scenario.devices().get(device).share();
      device++;
    }
    FleetDevice of = scenario.devices().get(device);
    left = random.below(WHOLE);
    int firmware = 0;
    while (left >= of.firmware().get(firmware).share()) {
      left -= of.firmware().get(firmware).share();
      firmware++;
    }
    isSilent = random.chance(of.silent());
    fails = random.chance(of.firmware().get(firmware).fails());
  }
}
