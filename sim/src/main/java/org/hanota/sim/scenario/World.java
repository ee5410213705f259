// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.List;
import java.util.Optional;
import org.hanota.hub.HubParameters;

/**
 * One home before anything happens in it.
 *
 * @param hub times and limits of the hub
 * @param headEnd who stands at the far end of the WAN
 * @param latencyNanos from sending a frame to receiving it
 * @param maximumPayload octets of a ZCL frame
 * @param radio the channel that sets the pace instead of the latency; without, a frame takes the
 *     latency however long it is
 * @param devices at least one, and no more than the hub may hold
 */
public record World(
    HubParameters hub,
    FarEnd headEnd,
    long latencyNanos,
    int maximumPayload,
    Optional<Radio> radio,
    List<ScenarioDevice> devices) {
  /** A frame of 802.15.4 with network security, without what lies below ZCL. */
  public static final int PAYLOAD_NETWORK_SECURITY = 82;

  /** Checks the number of devices and that their names differ. */
  public World {
    devices = List.copyOf(devices);
    if (devices.isEmpty() || devices.size() > hub.maximumDevices()) {
      throw new IllegalArgumentException(
          "devices are "
              + devices.size()
              + ", allowed 1 to "
              + hub.maximumDevices()
              + " (maximumDevices of the hub)");
    }
    if (devices.stream().map(ScenarioDevice::name).distinct().count() != devices.size()) {
      throw new IllegalArgumentException("two devices have the same name");
    }
    if (latencyNanos < 0 || maximumPayload < 1) {
      throw new IllegalArgumentException(
          "latency is "
              + latencyNanos
              + " ns and maximumPayload "
              + maximumPayload
              + ", allowed 0 and 1 and more");
    }
  }

  /** Whether a supplier and a broker stand at the far end of the WAN. */
  public boolean hasHeadEnd() {
    return headEnd != FarEnd.NONE;
  }

  /** The number of a node in the kernel: the hub is 0, the devices follow in their order. */
  public int nodeOf(String name) {
    int node = 0;
    for (int i = 0; i < devices.size(); i++) {
      node = devices.get(i).name().equals(name) ? i + 1 : node;
    }
    if (node == 0 && !name.equals(ScenarioDevice.HUB)) {
      throw new IllegalArgumentException("a node is '" + name + "', allowed hub and " + names());
    }
    return node;
  }

  /** The names of the devices. */
  List<String> names() {
    return devices.stream().map(ScenarioDevice::name).toList();
  }

  /** The device called {@code name}. */
  public Optional<ScenarioDevice> device(String name) {
    return devices.stream().filter(device -> device.name().equals(name)).findFirst();
  }
}
