// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.catalogue;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;

/**
 * An image that a hub holds and has checked itself.
 *
 * @param name what people call it
 * @param header its header
 * @param sizeOctets of the whole file
 * @param sha256 of the whole file, which also names it in its store
 * @param restrictions for whom it is beyond what its header says
 */
public record StoredImage(
    String name, OtaHeader header, long sizeOctets, Octets sha256, Restrictions restrictions) {

  /**
   * Checks a file as strictly as a hub must before it offers it.
   *
   * @param kind what stands behind its header
   * @param maximumImageOctets the longest file to accept
   * @throws FormatException if a device would refuse it
   */
  public static StoredImage check(
      String name, OctetSource file, FileKind kind, long maximumImageOctets) {
    OtaFile read = OtaFile.read(file, kind, maximumImageOctets);
    return new StoredImage(name, read.header(), file.size(), Sha256.of(file), Restrictions.NONE);
  }

  /** As {@link #check}, of the kind that the file's octets speak for. */
  public static StoredImage checkAny(String name, OctetSource file, long maximumImageOctets) {
    OtaFile read = OtaFile.readAny(file, maximumImageOctets);
    return new StoredImage(name, read.header(), file.size(), Sha256.of(file), Restrictions.NONE);
  }

  /** The image as a device of {@code manufacturerCode} is offered it. */
  public ImageId imageFor(ManufacturerCode manufacturerCode) {
    ImageId named = header.image();
    return manufacturerCode.equals(named.manufacturerCode())
        ? named
        : new ImageId(manufacturerCode, named.imageType(), named.fileVersion());
  }

  /** Whether this is its name to a device: a wild card in the file names every manufacturer. */
  public boolean isNamed(ImageId image) {
    return header.image().imageType().equals(image.imageType())
        && header.image().manufacturerCode().matches(image.manufacturerCode())
        && header.image().fileVersion().equals(image.fileVersion());
  }

  /**
   * Whether hardware of {@code version} may run it: unknown hardware, only one for any hardware.
   */
  public boolean fits(Optional<HardwareVersion> version) {
    Optional<HardwareVersionRange> allowed = hardwareVersions();
    return allowed.isEmpty() || version.filter(allowed.get()::contains).isPresent();
  }

  /** The hardware that both its header and its restrictions allow; it may be none. */
  public Optional<HardwareVersionRange> hardwareVersions() {
    return restrictions
        .hardwareVersions()
        .map(range -> header.hardwareVersions().map(range::within).orElse(range))
        .or(header::hardwareVersions);
  }

  /** The one device that it is for, if its header or its restrictions name one. */
  public Optional<Eui64> destination() {
    return header.upgradeFileDestination().or(restrictions::destination);
  }

  /** Whether it is for {@code device}, as far as it names one. */
  public boolean isFor(Eui64 device) {
    return restrictions.allow(device)
        && (header.upgradeFileDestination().isEmpty()
            || header.upgradeFileDestination().get().equals(device));
  }

  /** Whether files of this type are for one device alone, and none to run. [ZCL 11.4.2] */
  public static boolean isDeviceSpecific(ImageType type) {
    return type.value() >= DEVICE_SPECIFIC && !type.equals(ImageType.WILD_CARD);
  }

  /** The image types 0xFFC0 to 0xFFFE. */
  private static final int DEVICE_SPECIFIC = 0xFFC0;

  /** Whether it may replace {@code running}. */
  public boolean follows(FileVersion running) {
    return restrictions.allow(running);
  }

  /** Whether it says that it follows {@code version}, and not merely that it follows any. */
  public boolean namesAsPredecessor(FileVersion version) {
    return restrictions.namesVersions() && restrictions.allow(version);
  }

  /** The versions that it may replace, for people. */
  public String predecessors() {
    return restrictions.versions();
  }

  /** The same with other restrictions. */
  public StoredImage restricted(Restrictions other) {
    return new StoredImage(name, header, sizeOctets, sha256, other);
  }
}
