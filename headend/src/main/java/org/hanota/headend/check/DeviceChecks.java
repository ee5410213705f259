// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import static org.hanota.headend.HeadEndParameter.HUB_FIRMWARE_MINIMUM;
import static org.hanota.headend.HeadEndParameter.LARGEST_VERSION_STEP;
import static org.hanota.headend.check.Check.unless;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.headend.estate.CompatibilityRule;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Capability;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.Pathways;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;

/** Whether one device of a list gets the image; the first that does not hold names its list. */
public final class DeviceChecks {
  /** The five lists of devices that get nothing. [DUIS schema] */
  public enum WarningList {
    /** Unknown, of another user, or of a type that the service is not for. */
    INVALID,
    /** Not in service. */
    NOT_COMMISSIONED,
    /** The firmware is not for it, or not now. */
    NOT_APPLICABLE_FIRMWARE,
    /** Somebody's update of it is under way. */
    OTHER_REQUEST_IN_PROGRESS,
    /** It speaks another GBCS. */
    INVALID_GBCS_VERSION
  }

  /** All checks in their order. */
  public static final List<Check<Candidate, WarningList>> ALL =
      List.of(
          new Check<>(WarningList.INVALID, DeviceChecks::known),
          new Check<>(WarningList.INVALID, DeviceChecks::type),
          new Check<>(WarningList.INVALID, DeviceChecks::responsible),
          new Check<>(WarningList.NOT_COMMISSIONED, DeviceChecks::status),
          new Check<>(WarningList.NOT_APPLICABLE_FIRMWARE, DeviceChecks::model),
          new Check<>(WarningList.INVALID_GBCS_VERSION, DeviceChecks::gbcsVersion),
          new Check<>(WarningList.NOT_APPLICABLE_FIRMWARE, DeviceChecks::capability),
          new Check<>(WarningList.NOT_APPLICABLE_FIRMWARE, DeviceChecks::hub),
          new Check<>(WarningList.NOT_APPLICABLE_FIRMWARE, DeviceChecks::versionStep),
          new Check<>(WarningList.NOT_APPLICABLE_FIRMWARE, DeviceChecks::pathway),
          new Check<>(WarningList.NOT_APPLICABLE_FIRMWARE, DeviceChecks::compatibility),
          new Check<>(WarningList.OTHER_REQUEST_IN_PROGRESS, DeviceChecks::otherRequest));

  /** Until then nobody else's image may come between. */
  private static final Set<TrackState> BUSY =
      EnumSet.of(
          TrackState.ACCEPTED,
          TrackState.QUARANTINED,
          TrackState.ON_WAN,
          TrackState.AT_HUB,
          TrackState.ON_HAN,
          TrackState.RECEIVED,
          TrackState.ACTIVATION_PENDING);

  private DeviceChecks() {}

  private static Optional<String> known(Candidate candidate) {
    return unless(
        candidate.device().isPresent(),
        "found " + candidate.id() + ", allowed a device of the inventory");
  }

  private static Optional<String> type(Candidate candidate) {
    Set<DeviceType> allowed =
        candidate.upload().isPpmid()
            ? EnumSet.of(DeviceType.PPMID)
            : EnumSet.of(DeviceType.ESME, DeviceType.GSME, DeviceType.HCALCS);
    return candidate
        .device()
        .filter(device -> !allowed.contains(device.type()))
        .map(device -> "found " + device.type() + ", allowed " + allowed);
  }

  private static Optional<String> responsible(Candidate candidate) {
    Eui64 user = candidate.upload().asking().request().id().originator();
    return candidate
        .device()
        .filter(device -> !device.isOf(user))
        .map(device -> "found " + user + ", allowed " + device.responsible());
  }

  private static Optional<String> status(Candidate candidate) {
    return candidate
        .device()
        .filter(device -> !AccessChecks.isInService(device))
        .map(device -> "found " + device.standing().status().word() + ", allowed Commissioned");
  }

  private static Optional<String> model(Candidate candidate) {
    return candidate
        .device()
        .filter(device -> candidate.listing().isEmpty())
        .map(device -> "found " + device.type() + " " + device.model() + ", which is not listed");
  }

  private static Optional<String> gbcsVersion(Candidate candidate) {
    return candidate
        .device()
        .flatMap(
            device ->
                candidate
                    .listing()
                    .filter(
                        listing ->
                            !listing.model().gbcsVersion().equals(device.model().gbcsVersion()))
                    .map(
                        listing ->
                            "found "
                                + device.model().gbcsVersion()
                                + ", allowed "
                                + listing.model().gbcsVersion()));
  }

  /** C02: built in, and switched off. */
  private static Optional<String> capability(Candidate candidate) {
    return candidate
        .device()
        .filter(device -> device.capability() != Capability.UPDATABLE)
        .map(device -> "found " + device.capability() + ", allowed " + Capability.UPDATABLE);
  }

  /** Only a hub with the firmware for it serves images to these. */
  private static Optional<String> hub(Candidate candidate) {
    Asking asking = candidate.upload().asking();
    FileVersion minimum = new FileVersion(asking.parameters().get(HUB_FIRMWARE_MINIMUM));
    if (minimum.value() == 0) {
      return Optional.empty();
    }
    return candidate
        .device()
        .filter(device -> device.type() == DeviceType.PPMID || device.type() == DeviceType.HCALCS)
        .filter(
            device ->
                asking
                    .estate()
                    .device(device.hub())
                    .flatMap(Device::firmware)
                    .filter(version -> version.compareTo(minimum) >= 0)
                    .isEmpty())
        .map(device -> "its hub does not run " + minimum + " or later");
  }

  /** One wrong file must not leave nothing that is newer. [hanota H80] */
  private static Optional<String> versionStep(Candidate candidate) {
    long largest = candidate.upload().asking().parameters().get(LARGEST_VERSION_STEP);
    return candidate
        .device()
        .flatMap(Device::firmware)
        .flatMap(
            running ->
                candidate
                    .listing()
                    .map(Listing::version)
                    .filter(next -> next.value() - running.value() > largest)
                    .map(
                        next ->
                            "found a step from "
                                + running
                                + " to "
                                + next
                                + ", allowed "
                                + largest
                                + " versions"));
  }

  private static Optional<String> pathway(Candidate candidate) {
    return candidate
        .device()
        .flatMap(
            device ->
                candidate
                    .listing()
                    .flatMap(listing -> pathway(candidate.upload().asking(), device, listing)));
  }

  /** What is wrong with {@code listing} as the next firmware of {@code device}. [hanota H85] */
  static Optional<String> pathway(Asking asking, Device device, Listing listing) {
    if (device.firmware().isEmpty()) {
      return Optional.of("the inventory does not know which version runs; read it with 11.2");
    }
    FileVersion running = device.firmware().get();
    Pathways pathways = Pathways.of(asking.estate().listings(), device.model());
    return unless(
        pathways.allows(running, listing.version()),
        "found "
            + running
            + ", allowed "
            + listing.predecessors()
            + pathways
                .shortest(running, listing.version())
                .map(chain -> "; the way is by " + chain)
                .orElse("; no way leads there"));
  }

  /** What activates itself is checked before it leaves, the rest before it is activated. */
  private static Optional<String> compatibility(Candidate candidate) {
    return candidate.upload().isPpmid()
        ? candidate
            .device()
            .flatMap(
                device ->
                    candidate
                        .listing()
                        .flatMap(
                            listing ->
                                compatibility(
                                    candidate.upload().asking(), device, listing.version())))
        : Optional.empty();
  }

  /** The neighbour with which {@code device} would not work. [hanota H86] */
  static Optional<String> compatibility(Asking asking, Device device, FileVersion version) {
    for (CompatibilityRule rule : asking.estate().rules()) {
      Optional<Device> broken = rule.broken(device, version, asking.estate().home(device.hub()));
      if (broken.isPresent()) {
        return Optional.of(
            "rule "
                + rule.name()
                + ": "
                + version
                + " does not work with "
                + broken.get().type()
                + " "
                + broken.get().id());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> otherRequest(Candidate candidate) {
    return candidate.upload().asking().tracks().openOf(candidate.id()).stream()
        .filter(track -> BUSY.contains(track.state()))
        .findFirst()
        .map(DeviceChecks::busy);
  }

  static String busy(Track track) {
    return "request "
        + track.request()
        + " is "
        + track.state()
        + " and expires at "
        + Instant.ofEpochMilli(track.expiresUtcMillis());
  }

  /** Whether the Central Products List lets {@code listing} be used. */
  static boolean isActive(Listing listing) {
    return listing.status() == ListingStatus.ACTIVE;
  }
}
