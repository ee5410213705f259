// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.device.DeviceConfig;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.SecurityCredentialVersion;

/** Which images are for a device. */
public final class Suitability {
  /** No version can follow this one: the next number is the wild card. */
  private static final FileVersion HIGHEST = new FileVersion(FileVersion.WILD_CARD.value() - 1);

  private Suitability() {}

  /**
   * Why an image with this header is not for this device, in a line; empty if it is. A header that
   * names hardware or credentials suits no device without any. [ZCL 11.4.2.11] [ZCL 11.4.2.13]
   * [hanota H30]
   *
   * @param running the version that runs
   */
  public static Optional<String> mismatch(
      DeviceConfig device, OtaHeader header, FileVersion running) {
    Optional<Eui64> destination = header.upgradeFileDestination();
    Optional<HardwareVersionRange> hardware = header.hardwareVersions();
    Optional<SecurityCredentialVersion> credential = header.securityCredentialVersion();
    if (destination.isPresent() && !destination.get().equals(device.address())) {
      return found("the file is for device " + destination.get(), device.address());
    }
    if (hardware.isPresent()
        && device.hardwareVersion().filter(hardware.get()::contains).isEmpty()) {
      return found("the file is for hardware " + hardware.get(), text(device.hardwareVersion()));
    }
    if (header.zigBeeStackVersion() != device.zigBeeStackVersion()) {
      return found(
          "the file is for stack " + header.zigBeeStackVersion(), device.zigBeeStackVersion());
    }
    if (credential.isPresent() && !credential.equals(device.securityCredentialVersion())) {
      return found(
          "the file needs security credentials " + credential.get().value(),
          text(device.securityCredentialVersion().map(SecurityCredentialVersion::value)));
    }
    if (!takes(device, header.image().fileVersion(), running)) {
      return found("the file's version is " + header.image().fileVersion(), running);
    }
    return Optional.empty();
  }

  private static Optional<String> found(String file, Object own) {
    return Optional.of(file + ", this device has " + own);
  }

  private static String text(Optional<?> own) {
    return own.map(Object::toString).orElse("none");
  }

  /**
   * Whether this device takes a version. The word of a server permits none that does not {@link
   * #follows}; a signed command that names the image does, and so does the device's own setting.
   * [hanota H31]
   */
  public static boolean takes(DeviceConfig device, FileVersion version, FileVersion running) {
    return follows(version, running)
        || device.type().activatedByCommand()
        || device.downgrade().isPresent();
  }

  /** Whether a version is no lower than the one that runs, and another one can follow it. */
  static boolean follows(FileVersion version, FileVersion running) {
    return version.equals(running)
        || (version.compareTo(running) > 0 && version.compareTo(HIGHEST) < 0);
  }
}
