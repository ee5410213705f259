// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;

/**
 * The devices that an image is for, beside manufacturer code and image type. A condition about
 * something that the device did not say is not fulfilled.
 *
 * @param hardwareVersions only for hardware within
 * @param minimumFileVersion only for devices that run this version or a higher one
 * @param maximumFileVersion only for devices that run this version or a lower one
 * @param manufacturerNames only for devices with one of these manufacturer names; for all if empty
 * @param modelIds only for devices with one of these model identifiers; for all if empty
 * @param destination only for this device
 * @param unknownFields names of fields that the catalogue has and nobody here understands; they may
 *     restrict, so the image is for no device
 */
public record OfferConditions(
    Optional<HardwareVersionRange> hardwareVersions,
    Optional<FileVersion> minimumFileVersion,
    Optional<FileVersion> maximumFileVersion,
    List<String> manufacturerNames,
    List<String> modelIds,
    Optional<Eui64> destination,
    List<String> unknownFields) {

  /** Copies the lists. */
  public OfferConditions {
    manufacturerNames = List.copyOf(manufacturerNames);
    modelIds = List.copyOf(modelIds);
    unknownFields = List.copyOf(unknownFields);
  }

  /** What the header of a file demands. */
  public static OfferConditions of(OtaHeader header) {
    return new OfferConditions(
        header.hardwareVersions(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        header.upgradeFileDestination(),
        List.of());
  }

  /** Why the image is not for {@code device}, in one line; empty where it is. */
  Optional<String> refusal(DeviceDescription device) {
    if (!unknownFields.isEmpty()) {
      return Optional.of(
          "its entry has fields that are not known here and may restrict it: "
              + String.join(", ", unknownFields));
    }
    if (hardwareVersions.isPresent()
        && device.hardwareVersion().filter(hardwareVersions.get()::contains).isEmpty()) {
      return refused("hardware version", device.hardwareVersion(), hardwareVersions.get());
    }
    if (destination.isPresent() && !device.address().equals(destination)) {
      return refused("address", device.address(), destination.get());
    }
    if (minimumFileVersion.filter(from -> device.fileVersion().compareTo(from) < 0).isPresent()) {
      return refused(
          "file version",
          Optional.of(device.fileVersion()),
          minimumFileVersion.get() + " and higher");
    }
    if (maximumFileVersion.filter(to -> device.fileVersion().compareTo(to) > 0).isPresent()) {
      return refused(
          "file version",
          Optional.of(device.fileVersion()),
          maximumFileVersion.get() + " and lower");
    }
    if (isNoneOf(manufacturerNames, device.manufacturerName())) {
      return refused("manufacturer name", device.manufacturerName(), manufacturerNames);
    }
    return isNoneOf(modelIds, device.modelId())
        ? refused("model identifier", device.modelId(), modelIds)
        : Optional.empty();
  }

  private static boolean isNoneOf(List<String> allowed, Optional<String> found) {
    return !allowed.isEmpty() && found.filter(allowed::contains).isEmpty();
  }

  private static Optional<String> refused(String what, Optional<?> found, Object allowed) {
    String value = found.map(known -> "is " + known).orElse("is not known");
    return Optional.of("the device's " + what + " " + value + ", allowed " + allowed);
  }
}
