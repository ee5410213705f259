// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.Request;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.OtaFile;

/**
 * An image that a user sends for devices: 11.1 or 11.4.
 *
 * @param asking the request
 * @param isPpmid whether it is 11.4
 * @param image the image's octets
 * @param version as the request names it
 * @param devices for whom
 * @param keys the certificates that the DCC trusts
 * @param file the image, if it can be read
 */
public record Upload(
    Asking asking,
    boolean isPpmid,
    Octets image,
    FirmwareVersion version,
    List<Eui64> devices,
    KeyStore keys,
    Optional<OtaFile> file) {
  /** The image of {@code asking}; empty if that is another request. */
  public static Optional<Upload> of(Asking asking, KeyStore keys) {
    if (asking.request().body() instanceof FirmwareRequest.UpdateFirmware update) {
      return Optional.of(
          new Upload(
              asking,
              false,
              update.firmwareImage(),
              update.firmwareVersion(),
              update.devices().devices(),
              keys,
              read(update.firmwareImage(), FileKind.GB_METER)));
    }
    if (asking.request().body() instanceof FirmwareRequest.UpdatePpmidFirmware update) {
      return Optional.of(
          new Upload(
              asking,
              true,
              update.firmwareImage(),
              update.firmwareVersion(),
              update.devices().devices(),
              keys,
              read(update.firmwareImage(), FileKind.GB_PPMID)));
    }
    return Optional.empty();
  }

  /** Whether a request sends an image. */
  public static boolean isOne(Request request) {
    return request.body() instanceof FirmwareRequest.UpdateFirmware
        || request.body() instanceof FirmwareRequest.UpdatePpmidFirmware;
  }

  private static Optional<OtaFile> read(Octets image, FileKind kind) {
    try {
      return Optional.of(OtaFile.read(image, kind));
    } catch (FormatException unreadable) {
      return Optional.empty();
    }
  }

  /** What is wrong with an image that cannot be read. */
  String fault() {
    try {
      OtaFile unused = OtaFile.read(image, isPpmid ? FileKind.GB_PPMID : FileKind.GB_METER);
      return "nothing";
    } catch (FormatException unreadable) {
      return String.valueOf(unreadable.getMessage());
    }
  }

  /** SHA-256 of the Manufacturer Image. */
  public Optional<Octets> hash() {
    return file.map(
        read ->
            read instanceof GbMeterFile meter
                ? meter.manufacturerImageHash()
                : ((GbPpmidFile) read).manufacturerImageHash());
  }

  /** The entries of the Central Products List that are of this very image. */
  List<Listing> listings() {
    return asking.estate().listings().stream()
        .filter(
            listing ->
                file.filter(read -> read.image().equals(listing.image())).isPresent()
                    && hash().filter(listing.manufacturerImageHash()::equals).isPresent())
        .toList();
  }
}
