// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.List;
import org.hanota.headend.request.DeviceType;

/**
 * Which devices a group asks for. An empty list asks for all.
 *
 * @param types kinds of device
 * @param models manufacturer and model
 * @param regions regions of the WAN
 */
public record DeviceQuery(List<DeviceType> types, List<String> models, List<String> regions) {
  /** Keeps copies of the lists. */
  public DeviceQuery {
    types = List.copyOf(types);
    models = List.copyOf(models);
    regions = List.copyOf(regions);
  }

  /** Every device. */
  public static DeviceQuery all() {
    return new DeviceQuery(List.of(), List.of(), List.of());
  }

  /** The devices of these kinds. */
  public static DeviceQuery of(DeviceType... types) {
    return new DeviceQuery(List.of(types), List.of(), List.of());
  }

  /** Whether it asks for that device. */
  public boolean matches(Member member) {
    return isIn(types, member.type())
        && isIn(models, member.model())
        && isIn(regions, member.cell().region());
  }

  private static <T> boolean isIn(List<T> wanted, T found) {
    return wanted.isEmpty() || wanted.contains(found);
  }
}
