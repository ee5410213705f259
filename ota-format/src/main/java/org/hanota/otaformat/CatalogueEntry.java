// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * One image of a catalogue, with the conditions under which it may be offered.
 *
 * @param fileName its name, without folders
 * @param url where it is, empty where only the name is known
 * @param fileSize octets of the file
 * @param sha512 64 octets, of the file; absent where a catalogue from elsewhere has none
 * @param image manufacturer code, image type and file version
 * @param otaHeaderString the header's text
 * @param hardwareVersions only for hardware within
 * @param minimumFileVersion only for devices that run this version or a higher one
 * @param maximumFileVersion only for devices that run this version or a lower one
 * @param modelId only for devices whose basic cluster has this model identifier
 * @param destination only for this device
 */
public record CatalogueEntry(
    String fileName,
    Optional<String> url,
    long fileSize,
    Optional<Octets> sha512,
    ImageId image,
    String otaHeaderString,
    Optional<HardwareVersionRange> hardwareVersions,
    Optional<FileVersion> minimumFileVersion,
    Optional<FileVersion> maximumFileVersion,
    Optional<String> modelId,
    Optional<Eui64> destination) {

  /**
   * The entry of a file, which may stand in a container.
   *
   * @throws org.hanota.api.FormatException if no header can be read
   */
  public static CatalogueEntry of(String fileName, OctetSource file) {
    OtaHeader header = Inspection.of(file).header();
    return new CatalogueEntry(
        fileName,
        Optional.empty(),
        file.size(),
        Optional.of(Sha512.of(file)),
        header.image(),
        header.headerString().text(),
        header.hardwareVersions(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        header.upgradeFileDestination());
  }

  /**
   * Whether the image may run on {@code device} at all, its version apart. Fails closed: a
   * condition about something that the device did not say is not fulfilled.
   */
  public boolean suits(DeviceDescription device) {
    return image.manufacturerCode().matches(device.manufacturerCode())
        && image.imageType().equals(device.imageType())
        && hardwareVersions
            .map(range -> device.hardwareVersion().filter(range::contains).isPresent())
            .orElse(true)
        && destination.map(only -> device.address().equals(Optional.of(only))).orElse(true)
        && modelId.map(only -> device.modelId().equals(Optional.of(only))).orElse(true)
        && minimumFileVersion.map(from -> device.fileVersion().compareTo(from) >= 0).orElse(true)
        && maximumFileVersion.map(to -> device.fileVersion().compareTo(to) <= 0).orElse(true);
  }
}
