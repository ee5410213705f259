// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Slot;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaHeader;

/**
 * A device that is judged, and what it is meant to get.
 *
 * @param address its EUI-64
 * @param name as the scenario calls it
 * @param image what it is meant to run
 * @param hardware its hardware version, if it has one
 * @param served the image, whole
 * @param files the files that the image comes in, by their types
 * @param formers images of a former supplier, which it may take and must not run
 * @param when when the image shall run, if the hub says so
 * @param byCommand whether only a command activates it
 * @param mayGoBack whether a lower version was permitted
 * @param isDamaged whether octets may have changed on their way to its storage where nothing but a
 *     signature shows it
 * @param bank its storage, as it is
 */
public record Subject(
    Eui64 address,
    String name,
    ImageId image,
    Optional<HardwareVersion> hardware,
    Octets served,
    Map<ImageType, Octets> files,
    List<Octets> formers,
    UpgradeTime when,
    boolean byCommand,
    boolean mayGoBack,
    BooleanSupplier isDamaged,
    ImageBank bank) {
  /** Keeps copies of the files. */
  public Subject {
    formers = List.copyOf(formers);
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /**
   * Whether the slot holds the image that was served: each octet, or after unseen damage to a
   * meter's file each one under its signature, which its header is not.
   */
  boolean holds(Slot slot) {
    return holds(slot, served)
        || (byCommand
            && isDamaged.getAsBoolean()
            && signed(held(slot, served)).equals(signed(served)));
  }

  private Octets signed(Octets file) {
    GbMeterFile whole = GbMeterFile.read(served);
    return file.slice(whole.header().headerLength(), (int) whole.manufacturerImage().size());
  }

  /** Whether the slot holds an image of a former supplier. */
  boolean holdsFormer(Slot slot) {
    return formers.stream().anyMatch(image -> holds(slot, image));
  }

  private boolean holds(Slot slot, Octets whole) {
    return held(slot, whole).equals(whole);
  }

  private Octets held(Slot slot, Octets whole) {
    return bank.read(slot, whole.length()).octets(0, whole.length());
  }

  /** Whether a former supplier's image has this name. */
  boolean isFormer(ImageId file) {
    return formers.stream().anyMatch(each -> OtaHeader.read(each).image().equals(file));
  }

  /** Octets of the file that it is served by this name; 0 if there is none. */
  long fileOctets(ImageId file) {
    for (Octets former : formers) {
      if (OtaHeader.read(former).image().equals(file)) {
        return former.length();
      }
    }
    Octets found = files.get(file.imageType());
    return found == null ? 0 : found.length();
  }

  /** The image, or the part of it, that has this type. */
  ImageId fileOf(ImageType type) {
    return new ImageId(
        image.manufacturerCode(),
        files.containsKey(type) ? type : image.imageType(),
        image.fileVersion());
  }
}
