// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.List;
import java.util.Optional;
import org.hanota.api.transport.FaultCounts;
import org.hanota.sim.radio.RadioCounts;

/**
 * How a home's updates ended. An update that has not ended by the scenario's limit is not a
 * success; it is here, and no violation of I7, only where the link is to blame.
 *
 * @param seed what everything random followed from
 * @param devices one for each device, in the order of the scenario
 * @param faults how often each fault fired
 * @param checks how often an invariant was checked
 * @param radio what was counted on the channel, where there is one
 * @param virtualNanos when the last update ended, or the limit was reached
 */
public record HomeReport(
    long seed,
    List<DeviceReport> devices,
    FaultCounts faults,
    long checks,
    Optional<RadioCounts> radio,
    long virtualNanos) {
  /** Keeps a copy of the list. */
  public HomeReport {
    devices = List.copyOf(devices);
  }

  /** Whether every device has what its profile lets it reach. */
  public boolean succeeded() {
    return devices.stream().allMatch(DeviceReport::succeeded);
  }
}
