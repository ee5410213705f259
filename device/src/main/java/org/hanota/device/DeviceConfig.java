// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Width;
import org.hanota.api.control.DowngradePermission;
import org.hanota.otaformat.SecurityCredentialVersion;
import org.hanota.otaformat.Verifier;

/**
 * What a device is. The version that runs is not here: the image bank knows it.
 *
 * @param address its EUI-64
 * @param type decides on activation and reports
 * @param manufacturerCode of its images
 * @param imageType of its images
 * @param hardwareVersion where it has one
 * @param zigBeeStackVersion uint16
 * @param profileId of the frames that it sends, uint16
 * @param apsEncryption whether unicast OTA commands must be encrypted
 * @param gbcs how it takes part in GBCS; empty for a device without credentials
 * @param verifier decides which images may run
 * @param parameters times and limits
 * @param securityCredentialVersion of its credentials, where it has any
 * @param downgrade permits images of a lower version than the one that runs, and of the highest,
 *     after which no other can follow, with the reason; a device that a signed command activates
 *     needs none, since the command names the image
 */
public record DeviceConfig(
    Eui64 address,
    DeviceType type,
    ManufacturerCode manufacturerCode,
    ImageType imageType,
    Optional<HardwareVersion> hardwareVersion,
    int zigBeeStackVersion,
    int profileId,
    boolean apsEncryption,
    Optional<GbcsConfig> gbcs,
    Verifier verifier,
    DeviceParameters parameters,
    Optional<SecurityCredentialVersion> securityCredentialVersion,
    Optional<DowngradePermission> downgrade) {
  /** Checks the widths. */
  public DeviceConfig {
    Width.uint16("zigBeeStackVersion", zigBeeStackVersion);
    Width.uint16("profileId", profileId);
  }

  /** A device without credentials, which takes no lower version. */
  public DeviceConfig(
      Eui64 address,
      DeviceType type,
      ManufacturerCode manufacturerCode,
      ImageType imageType,
      Optional<HardwareVersion> hardwareVersion,
      int zigBeeStackVersion,
      int profileId,
      boolean apsEncryption,
      Optional<GbcsConfig> gbcs,
      Verifier verifier,
      DeviceParameters parameters) {
    this(
        address,
        type,
        manufacturerCode,
        imageType,
        hardwareVersion,
        zigBeeStackVersion,
        profileId,
        apsEncryption,
        gbcs,
        verifier,
        parameters,
        Optional.empty(),
        Optional.empty());
  }

  /** The same device with credentials of {@code version}. */
  public DeviceConfig withSecurityCredentialVersion(Optional<SecurityCredentialVersion> version) {
    return with(version, downgrade);
  }

  /** The same device, which takes lower versions too. */
  public DeviceConfig permittingDowngrade(Optional<DowngradePermission> permission) {
    return with(securityCredentialVersion, permission);
  }

  private DeviceConfig with(
      Optional<SecurityCredentialVersion> credential, Optional<DowngradePermission> permission) {
    return new DeviceConfig(
        address,
        type,
        manufacturerCode,
        imageType,
        hardwareVersion,
        zigBeeStackVersion,
        profileId,
        apsEncryption,
        gbcs,
        verifier,
        parameters,
        credential,
        permission);
  }

  /**
   * Who may activate: the server, or only something outside of the cluster. [ZCL 11.10.12]
   *
   * @return the attribute's value
   */
  public int upgradeActivationPolicy() {
    return type.activatedByCommand() ? 1 : 0;
  }

  /**
   * Whether an image runs when no answer to Upgrade End Requests comes. [ZCL 11.10.13]
   *
   * @return the attribute's value: 1 for never
   */
  public int upgradeTimeoutPolicy() {
    return type.activatedByCommand() ? 1 : 0;
  }
}
