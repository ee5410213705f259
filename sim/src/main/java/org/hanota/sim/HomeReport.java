// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.sim.link.FaultCounts;
import org.hanota.sim.radio.RadioCounts;
import org.hanota.sim.scenario.Nemesis;

/**
 * How a home's updates ended. An update that has not ended by the scenario's limit is not a
 * success; it is here, and no violation of I7, only where the link is to blame.
 *
 * @param seed what everything random followed from
 * @param devices one for each device, in the order of the scenario
 * @param faults how often each fault fired
 * @param fired how often each nemesis struck, by their order; none for what never did
 * @param excused the names of devices that were struck by what explains how they ended
 * @param sometimes what must have happened in some run for each invariant, with how often it did
 * @param checks how often an invariant was checked
 * @param radio what was counted on the channel, where there is one
 * @param virtualNanos when the last update ended, or the limit was reached
 */
public record HomeReport(
    long seed,
    List<DeviceReport> devices,
    FaultCounts faults,
    Map<Nemesis, Long> fired,
    Set<String> excused,
    Map<String, Long> sometimes,
    long checks,
    Optional<RadioCounts> radio,
    long virtualNanos) {
  /** Keeps a copy of the list. */
  public HomeReport {
    devices = List.copyOf(devices);
    fired = Collections.unmodifiableMap(new TreeMap<>(fired));
    sometimes = Collections.unmodifiableMap(new TreeMap<>(sometimes));
    excused = Collections.unmodifiableSet(new TreeSet<>(excused));
  }

  /** Whether every device has what its profile lets it reach. */
  public boolean succeeded() {
    return devices.stream().allMatch(DeviceReport::succeeded);
  }

  /** Whether every device has its image, or was struck by what explains that it has not. */
  public boolean isExplained() {
    return devices.stream().allMatch(device -> device.succeeded() || explains(device));
  }

  /**
   * Whether a nemesis explains that a device has not its image: one that struck this device leads
   * to such an end, or hindered it until the limit. What has not ended then did so without nemeses,
   * or the run would have ended with a violation of I7.
   */
  public boolean explains(DeviceReport device) {
    return excused.contains(device.name());
  }
}
