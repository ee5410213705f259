// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.device.DeviceType;
import org.hanota.sim.scenario.Sleep;

/**
 * A kind of device that is updated.
 *
 * @param name unique in its scenario
 * @param type what it is
 * @param share of all homes that have one, in hundredths
 * @param verificationNanos from its last block until the new version has confirmed itself
 * @param silent the fraction of devices of which nothing is ever heard
 * @param sleep how it sleeps; empty if it always listens
 * @param firmware what they run before; the shares come to 100
 */
public record FleetDevice(
    String name,
    DeviceType type,
    int share,
    long verificationNanos,
    double silent,
    Optional<Sleep> sleep,
    List<Firmware> firmware) {
  /**
   * A version that devices run before.
   *
   * @param version its number
   * @param share of the devices of this kind, in hundredths
   * @param fails the fraction of them that refuse the new image or roll back
   */
  public record Firmware(FileVersion version, int share, double fails) {
    /** Checks the fractions. */
    public Firmware {
      FleetScenario.check("share", share, 0, 100);
      FleetScenario.fraction("fails", fails);
    }
  }

  /** Checks the fractions and that the shares come to 100. */
  public FleetDevice {
    firmware = List.copyOf(firmware);
    FleetScenario.check("share", share, 1, 100);
    FleetScenario.check("verification", verificationNanos, 0, Long.MAX_VALUE);
    FleetScenario.fraction("silent", silent);
    int sum = firmware.stream().mapToInt(Firmware::share).sum();
    if (sum != 100) {
      throw new IllegalArgumentException(
          "the shares of firmware come to " + sum + " %, allowed 100 %");
    }
  }
}
