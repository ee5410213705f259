// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import org.hanota.headend.capacity.RegionCapacity;

/**
 * A region of the WAN.
 *
 * @param share of all homes, in hundredths
 * @param capacity what a cell of it carries; its name is the region's
 * @param outages times in which the whole region carries nothing, in their order
 */
public record FleetRegion(int share, RegionCapacity capacity, List<Outage> outages) {
  /**
   * Nothing is carried; what was under way goes on after it.
   *
   * @param atMillis from the beginning of the campaign
   * @param forMillis how long
   */
  public record Outage(long atMillis, long forMillis) {
    /** Checks that it lasts. */
    public Outage {
      FleetScenario.check("at", atMillis, 0, Long.MAX_VALUE / 4);
      FleetScenario.check("for", forMillis, 1, Long.MAX_VALUE / 4);
    }

    long endMillis() {
      return atMillis + forMillis;
    }
  }

  /** Refuses a region that carries no firmware, and outages that are not one after the other. */
  public FleetRegion {
    outages = List.copyOf(outages);
    FleetScenario.check("share", share, 0, 100);
    if (capacity.firmwareRate() == 0) {
      throw new IllegalArgumentException(
          "region "
              + capacity.name()
              + " has no room for firmware, allowed 1 octet a second and more");
    }
    for (int i = 1; i < outages.size(); i++) {
      if (outages.get(i).atMillis() < outages.get(i - 1).endMillis()) {
        throw new IllegalArgumentException(
            "an outage begins before the one before it has ended, allowed one after the other");
      }
    }
  }

  /** Refuses a cell that cannot be. */
  static void check(long cellRate, long homesPerCell) {
    FleetScenario.check("cellRate", cellRate, 1, 1_000_000_000);
    FleetScenario.check("homesPerCell", homesPerCell, 1, 1_000_000);
  }

  /** Its name. */
  public String name() {
    return capacity.name();
  }
}
