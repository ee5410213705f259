// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Event;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.Acceptance;
import org.hanota.gbcs.payload.MessageCode;

/** What happens to a device besides the phases of its update. */
public sealed interface DeviceEvent extends Event {
  /** A GBCS command was refused before anything was done about it. */
  record CommandRefused(Eui64 device, Acceptance.Refusal refusal, String detail)
      implements DeviceEvent {}

  /** The server has no image for this device now, or none that it may have. */
  record NoImage(Eui64 device, ImageId running, ZclStatus status) implements DeviceEvent {}

  /** Too little power to begin a download or to put an image in place: it is tried again later. */
  record PowerLow(Eui64 device, int percent, int neededPercent) implements DeviceEvent {}

  /**
   * A GBCS command that is right, but not for firmware or too late: an image is being put in place.
   */
  record CommandIgnored(Eui64 device, MessageCode messageCode) implements DeviceEvent {}

  /**
   * The clock shows what it cannot show: it brings nothing forward until it is confirmed.
   *
   * @param shownUtcMillis what it shows, in Unix time
   * @param trustedUtcMillis the time that was expected, where one was
   */
  record ClockDoubted(Eui64 device, long shownUtcMillis, OptionalLong trustedUtcMillis)
      implements DeviceEvent {}

  /** The doubt about the clock is over. */
  record ClockTrusted(Eui64 device, long utcMillis) implements DeviceEvent {}

  /**
   * An image of a lower or of the highest version is taken: the device's own setting permits it.
   */
  record DowngradePermitted(Eui64 device, ImageId image, FileVersion running, String reason)
      implements DeviceEvent {}
}
