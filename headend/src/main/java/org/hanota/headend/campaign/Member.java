// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.headend.request.DeviceType;

/**
 * A device as a campaign sees it.
 *
 * @param device its EUI-64
 * @param hub the hub of its home
 * @param type what it is
 * @param model manufacturer and model, as the inventory writes them
 * @param runs the version that it runs, as far as it is known
 * @param cell where it is on the WAN
 */
public record Member(
    Eui64 device, Eui64 hub, DeviceType type, String model, Optional<FileVersion> runs, Cell cell) {

  /**
   * A part of the WAN with its own limit.
   *
   * @param region such as North, Central or South
   * @param name names it within the region
   */
  public record Cell(String region, String name) implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      int byRegion = region.compareTo(other.region);
      return byRegion != 0 ? byRegion : name.compareTo(other.name);
    }
  }
}
