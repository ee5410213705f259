// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.LOCAL_UPDATES;
import static org.hanota.headend.HeadEndParameter.LOCAL_UPDATES_BANNED_FROM;

import org.hanota.api.FileVersion;
import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Capability;
import org.hanota.headend.track.Tracks;

/** Whether a device may run what nobody sent it: updates at the device itself. [hanota H87] */
final class LocalUpdates {
  private static final long REFUSED = 1;
  private static final long GRANDFATHERED = 2;
  private static final long BY_DATE = 3;

  private LocalUpdates() {}

  /** Whether {@code device}, which says that it runs {@code running}, must not. */
  static boolean isRefused(
      Device device,
      FileVersion running,
      Tracks tracks,
      ParameterValues<HeadEndParameter> parameters) {
    boolean isOther = device.firmware().filter(known -> !known.equals(running)).isPresent();
    boolean isSent =
        tracks.of(device.id()).stream().anyMatch(track -> track.image().version().equals(running));
    if (!isOther || isSent) {
      return false;
    }
    long rule = parameters.get(LOCAL_UPDATES);
    return rule == REFUSED
        || (rule == GRANDFATHERED && device.capability() == Capability.UPDATABLE)
        || (rule == BY_DATE && isInstalledSince(device, parameters.get(LOCAL_UPDATES_BANNED_FROM)));
  }

  /**
   * A device of which nobody knows when it was installed was there before anybody wrote it down.
   */
  private static boolean isInstalledSince(Device device, long utcMillis) {
    return device
        .standing()
        .commissioned()
        .filter(date -> date.toEpochMilli() >= utcMillis)
        .isPresent();
  }
}
