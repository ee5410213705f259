// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Locale;
import java.util.Optional;

/** The devices of a home that take firmware through the hub. */
public enum DeviceType {
  /** In-home display: plain ZigBee OTA, no GBCS. */
  IHD(false),
  /** Prepayment interface device: activated by the hub, reports with CS09. */
  PPMID(false),
  /** HAN connected auxiliary load control switch: activated by CS06. */
  HCALCS(true),
  /** Electricity meter: activated by CS06. */
  ESME(true),
  /** Gas meter, sleepy: activated by CS06. */
  GSME(true);

  private final boolean activatedByCommand;

  DeviceType(boolean activatedByCommand) {
    this.activatedByCommand = activatedByCommand;
  }

  /** Whether only a signed CS06 activates an image, never the Upgrade End Response. [GBCS 11.5] */
  public boolean activatedByCommand() {
    return activatedByCommand;
  }

  /** The name in command lines, lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type with this {@link #label}. */
  public static Optional<DeviceType> ofLabel(String label) {
    for (DeviceType type : values()) {
      if (type.label().equals(label)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
