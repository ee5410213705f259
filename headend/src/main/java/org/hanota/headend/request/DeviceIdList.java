// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.List;
import org.hanota.api.Eui64;

/** The devices that one update is for. [DUIS schema] */
public record DeviceIdList(List<Eui64> devices) {
  /** What fits in the list's 1,199,999 characters. */
  public static final int DEVICES_MAX = 50_000;

  public DeviceIdList {
    devices = List.copyOf(devices);
    IllegalField.range("DeviceIDList", devices.size(), 1, DEVICES_MAX);
  }

  @Override
  public String toString() {
    return devices.size() + " devices from " + devices.get(0);
  }
}
