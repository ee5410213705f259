// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;

/**
 * One device of a world and the image for it.
 *
 * @param name unique in its home, as in {@code ppmid-1}
 * @param type what it is
 * @param image what it is offered
 * @param running the version before
 * @param when when the hub says that the image shall run
 * @param parameters times and limits of the device
 * @param sleep how it sleeps; empty if it always listens
 */
public record ScenarioDevice(
    String name,
    DeviceType type,
    ImageSource image,
    FileVersion running,
    UpgradeTime when,
    DeviceParameters parameters,
    Optional<Sleep> sleep) {
  /** Names the hub where a script names a node. */
  public static final String HUB = "hub";

  /** Checks the name. */
  public ScenarioDevice {
    if (name.isBlank() || name.equals(HUB)) {
      throw new IllegalArgumentException(
          "a device's name is '" + name + "', allowed any but 'hub' and the empty one");
    }
  }

  /** A device that always listens. */
  public ScenarioDevice(
      String name,
      DeviceType type,
      ImageSource image,
      FileVersion running,
      UpgradeTime when,
      DeviceParameters parameters) {
    this(name, type, image, running, when, parameters, Optional.empty());
  }

  /** The same device, which sleeps. */
  public ScenarioDevice with(Sleep other) {
    return new ScenarioDevice(name, type, image, running, when, parameters, Optional.of(other));
  }

  /** The same device with other times and limits. */
  public ScenarioDevice with(DeviceParameters other) {
    return new ScenarioDevice(name, type, image, running, when, other, sleep);
  }

  /** The same device with another image. */
  public ScenarioDevice with(ImageSource other) {
    return new ScenarioDevice(name, type, other, running, when, parameters, sleep);
  }

  /** The same device whose image shall run at another time. */
  public ScenarioDevice with(UpgradeTime other) {
    return new ScenarioDevice(name, type, image, running, other, parameters, sleep);
  }
}
