// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.hanota.device.DeviceType.ESME;
import static org.hanota.device.DeviceType.GSME;
import static org.hanota.device.DeviceType.HCALCS;
import static org.hanota.device.DeviceType.IHD;
import static org.hanota.device.DeviceType.PPMID;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;

/**
 * A stage of the rules for firmware updates in GB homes: which devices are in scope, and by which
 * values the hub's parameters differ from their defaults. Meters are in scope of both.
 */
public enum GbProfile {
  /** SECMP0007 as it was consulted on: displays, and images in several files. */
  CONSULTATION_2018(
      "consultation-2018",
      List.of(IHD, PPMID, ESME, GSME),
      List.of(new Value(HubParameter.IMAGE_PARTS, 1))),
  /** SECMP0007 as it was approved: no IHD, HCALCS by the procedure of meters, one file an image. */
  SECMP0007_2020(
      "secmp0007-2020",
      List.of(PPMID, HCALCS, ESME, GSME),
      List.of(new Value(HubParameter.IMAGE_PARTS, 0)));

  /** The value of one row of a hub's table. */
  private record Value(HubParameter row, long value) {}

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list
  private final List<DeviceType> types;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list
  private final List<Value> hub;

  GbProfile(String label, List<DeviceType> types, List<Value> hub) {
    this.label = label;
    this.types = types;
    this.hub = hub;
  }

  /** The name in command lines. */
  public String label() {
    return label;
  }

  /** Whether devices of this type are updated at all. */
  public boolean includes(DeviceType type) {
    return types.contains(type);
  }

  /** The types of devices in scope, for people. */
  public String scope() {
    return types.stream().map(DeviceType::label).collect(Collectors.joining(", "));
  }

  /** {@code base} with the values of this profile. */
  public HubParameters hub(HubParameters base) {
    HubParameters set = base;
    for (Value value : hub) {
      set = set.with(value.row(), value.value());
    }
    return set;
  }

  /** All names, for people. */
  static String labels() {
    return Stream.of(values()).map(GbProfile::label).collect(Collectors.joining(", "));
  }
}
