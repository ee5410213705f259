// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

import java.util.Collection;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.control.VersionRange;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.store.Stored;

/**
 * Two devices of one home that do not work together.
 *
 * @param name names the rule
 * @param one some versions of one kind
 * @param other some versions of another
 * @param rectifies which of the two has to be updated: C12, it may be the one that was not
 */
public record CompatibilityRule(String name, Side one, Side other, Rectifies rectifies)
    implements Stored {
  /** Versions of a kind of device. */
  public record Side(DeviceType type, VersionRange versions) {
    boolean has(Device device, Optional<FileVersion> firmware) {
      return device.type() == type && firmware.filter(versions::contains).isPresent();
    }
  }

  /** Whose user has to act when both meet. */
  public enum Rectifies {
    /** Who is responsible for the first. */
    ONE,
    /** Who is responsible for the second. */
    OTHER,
    /** Who updated last. */
    UPDATER
  }

  /**
   * The device with which {@code device} would not work if it ran {@code version}.
   *
   * @param home the devices of its home
   */
  public Optional<Device> broken(Device device, FileVersion version, Collection<Device> home) {
    Optional<FileVersion> next = Optional.of(version);
    return home.stream()
        .filter(neighbour -> !neighbour.id().equals(device.id()))
        .filter(
            neighbour ->
                (one.has(device, next) && other.has(neighbour, neighbour.firmware()))
                    || (other.has(device, next) && one.has(neighbour, neighbour.firmware())))
        .findFirst();
  }

  /**
   * Who has to act when {@code updated}, which runs other firmware now, does not work with {@code
   * broken}: it may be the user of the device that was not updated.
   */
  public Device rectifiedAt(Device updated, Device broken) {
    return switch (rectifies) {
      case UPDATER -> updated;
      case ONE -> updated.type() == one.type() ? updated : broken;
      case OTHER -> updated.type() == other.type() ? updated : broken;
    };
  }

  @Override
  public String key() {
    return "rule " + name;
  }
}
