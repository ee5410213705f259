// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;

/**
 * What a hub knows at a moment.
 *
 * @param hub its address
 * @param devices of those that it was told of or heard, those of the page that was asked for, in
 *     the order of their addresses
 * @param next the first device of the next page; empty if this is the last one
 * @param knownDevices how many devices it knows
 * @param transferring transfers under way
 * @param queued devices that wait for their turn
 * @param concurrentTransfers how many transfers may be under way at once
 * @param outage why it does not serve now, and so tells of no devices; empty while it serves
 * @param doubtedUtcMillis what its clock showed last, in milliseconds since 1970, while that is
 *     doubted; empty while the clock is trusted
 * @param headEnd the connection to its head end; empty for a hub without one
 */
public record HubStatus(
    Eui64 hub,
    List<DeviceStatus> devices,
    Optional<Eui64> next,
    int knownDevices,
    int transferring,
    int queued,
    int concurrentTransfers,
    Optional<String> outage,
    OptionalLong doubtedUtcMillis,
    Optional<HeadEnd> headEnd) {
  /** A hub that does not serve now. */
  public static HubStatus outOfService(Eui64 hub, String why) {
    return new HubStatus(
        hub,
        List.of(),
        Optional.empty(),
        0,
        0,
        0,
        0,
        Optional.of(why),
        OptionalLong.empty(),
        Optional.empty());
  }

  /** Keeps a copy of the list. */
  public HubStatus {
    devices = List.copyOf(devices);
  }

  /** The same with the devices of several pages, of which this is the last. */
  public HubStatus withDevices(List<DeviceStatus> several) {
    return with(several, headEnd);
  }

  /** The same of a hub with that head end. */
  public HubStatus withHeadEnd(HeadEnd other) {
    return with(devices, Optional.of(other));
  }

  private HubStatus with(List<DeviceStatus> several, Optional<HeadEnd> other) {
    return new HubStatus(
        hub,
        several,
        next,
        knownDevices,
        transferring,
        queued,
        concurrentTransfers,
        outage,
        doubtedUtcMillis,
        other);
  }

  /**
   * A hub's connection to its head end.
   *
   * @param address where it is connected, or was or tried it last; empty before the first attempt
   * @param connected whether it is connected now
   * @param reason why it is not; empty while it is
   */
  public record HeadEnd(String address, boolean connected, String reason) {}

  /**
   * Which devices to tell of.
   *
   * @param from the lowest address
   * @param limit at most so many
   */
  public record Page(Eui64 from, int limit) {
    /** All devices. */
    public static final Page ALL = new Page(new Eui64(0), Integer.MAX_VALUE);

    /** Checks that it leaves room for a device. */
    public Page {
      Width.range("limit", limit, 1, Integer.MAX_VALUE);
    }
  }

  /**
   * One device.
   *
   * @param device its address
   * @param running the image that it queried with; empty before its first query
   * @param hardwareVersion as it said
   * @param phase where its update stands
   * @param image what is offered to it
   * @param fileOffset octets that went out, 0 before the first block
   * @param imageSizeOctets of the image offered, 0 without
   * @param remainingMillis time left at the speed of the last few percent
   * @param upgradeUtcMillis when it was told to run the image, in milliseconds since 1970; empty if
   *     it was told no time, and as long as it has not got the image
   * @param blocks blocks that went out for this offer, repeated ones included
   * @param failure why the last update failed
   */
  public record DeviceStatus(
      Peer device,
      Optional<ImageId> running,
      Optional<HardwareVersion> hardwareVersion,
      Phase phase,
      Optional<ImageId> image,
      long fileOffset,
      long imageSizeOctets,
      OptionalLong remainingMillis,
      OptionalLong upgradeUtcMillis,
      long blocks,
      Optional<LastFailure> failure) {}

  /** Why an update failed. */
  public record LastFailure(UpdateEvent.Failure failure, String detail) {}
}
