// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.keys.Sha512;

/**
 * One image of a catalogue, with the conditions under which it may be offered.
 *
 * @param fileName its name, without folders
 * @param url where it is, empty where only the name is known
 * @param fileSize octets of the file; absent where a catalogue from elsewhere does not say
 * @param sha512 64 octets, of the file; absent where a catalogue from elsewhere has none
 * @param image manufacturer code, image type and file version
 * @param otaHeaderString the header's text
 * @param conditions whom it is for
 */
public record CatalogueEntry(
    String fileName,
    Optional<String> url,
    Optional<Long> fileSize,
    Optional<Octets> sha512,
    ImageId image,
    String otaHeaderString,
    OfferConditions conditions) {

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
        Optional.of(file.size()),
        Optional.of(Sha512.of(file)),
        header.image(),
        header.headerString().text(),
        OfferConditions.of(header));
  }

  /**
   * Whether the image may run on {@code device} at all, its version apart. Fails closed: a
   * condition about something that the device did not say is not fulfilled.
   */
  public boolean suits(DeviceDescription device) {
    return isOfModel(device) && refusal(device).isEmpty();
  }

  /** Whether manufacturer code and image type are those of {@code device}. */
  public boolean isOfModel(DeviceDescription device) {
    return image.manufacturerCode().matches(device.manufacturerCode())
        && image.imageType().equals(device.imageType());
  }

  /**
   * Why an image of {@code device}'s manufacturer code and image type may not be offered to it, in
   * one line; empty where it may.
   */
  public Optional<String> refusal(DeviceDescription device) {
    return conditions.refusal(device);
  }
}
