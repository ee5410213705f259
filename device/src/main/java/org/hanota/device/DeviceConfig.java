// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Width;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.zcl.Clusters;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.SecurityCredentialVersion;
import org.hanota.otaformat.Verifier;
import org.jspecify.annotations.Nullable;

/** What a device is. The version that runs is not here: the image bank knows it. */
public final class DeviceConfig {
  /** The manufacturer of a device that was made for a file which names none. */
  public static final ManufacturerCode SAMPLE_MANUFACTURER = new ManufacturerCode(0x121D);

  private final Eui64 address;
  private final DeviceType type;
  private final Verifier verifier;
  private final ManufacturerCode manufacturerCode;
  private final ImageType imageType;
  private final Optional<HardwareVersion> hardwareVersion;
  private final int zigBeeStackVersion;
  private final Optional<SecurityCredentialVersion> securityCredentialVersion;
  private final int profileId;
  private final boolean apsEncryption;
  private final Optional<GbcsConfig> gbcs;
  private final DeviceParameters parameters;
  private final Optional<DowngradePermission> downgrade;

  private DeviceConfig(Builder builder, ManufacturerCode manufacturerCode, ImageType imageType) {
    address = builder.address;
    type = builder.type;
    verifier = builder.verifier;
    this.manufacturerCode = manufacturerCode;
    this.imageType = imageType;
    hardwareVersion = builder.hardwareVersion;
    zigBeeStackVersion = Width.uint16("zigBeeStackVersion", builder.zigBeeStackVersion);
    securityCredentialVersion = builder.securityCredentialVersion;
    profileId = Width.uint16("profileId", builder.profileId);
    apsEncryption = builder.apsEncryption;
    gbcs = builder.gbcs;
    parameters = builder.parameters;
    downgrade = builder.downgrade;
  }

  /**
   * A device without credentials in a Smart Energy network, which takes no lower version. What
   * images it takes is still to be said.
   *
   * @param address its EUI-64
   * @param type decides on activation and reports
   * @param verifier decides which images may run
   */
  public static Builder builder(Eui64 address, DeviceType type, Verifier verifier) {
    return new Builder(address, type, verifier);
  }

  /**
   * The manufacturer of a device that takes a file: a wild card stands for any, so for a sample.
   */
  public static ManufacturerCode manufacturerOf(OtaHeader header) {
    ManufacturerCode code = header.image().manufacturerCode();
    return code.equals(ManufacturerCode.WILD_CARD) ? SAMPLE_MANUFACTURER : code;
  }

  /** Its EUI-64. */
  public Eui64 address() {
    return address;
  }

  /** Decides on activation and reports. */
  public DeviceType type() {
    return type;
  }

  /** Decides which images may run. */
  public Verifier verifier() {
    return verifier;
  }

  /** The manufacturer of its images. */
  public ManufacturerCode manufacturerCode() {
    return manufacturerCode;
  }

  /** The image type of its images. */
  public ImageType imageType() {
    return imageType;
  }

  /** Where it has one. */
  public Optional<HardwareVersion> hardwareVersion() {
    return hardwareVersion;
  }

  /** The ZigBee stack version of its images, uint16. */
  public int zigBeeStackVersion() {
    return zigBeeStackVersion;
  }

  /** The version of its credentials, where it has any. */
  public Optional<SecurityCredentialVersion> securityCredentialVersion() {
    return securityCredentialVersion;
  }

  /** The profile of the frames that it sends, uint16. */
  public int profileId() {
    return profileId;
  }

  /** Whether unicast OTA commands must be encrypted. */
  public boolean apsEncryption() {
    return apsEncryption;
  }

  /** How it takes part in GBCS; empty for a device without credentials. */
  public Optional<GbcsConfig> gbcs() {
    return gbcs;
  }

  /** Times and limits. */
  public DeviceParameters parameters() {
    return parameters;
  }

  /**
   * Permits images of a lower version than the one that runs, and of the highest, after which no
   * other can follow, with the reason; a device that a signed command activates needs none, since
   * the command names the image.
   */
  public Optional<DowngradePermission> downgrade() {
    return downgrade;
  }

  /** What the driver of this device must know of its node, whose OTA client is at an endpoint. */
  public NodeConfig node(int endpoint) {
    return new NodeConfig(new Peer(address, endpoint), profileId, false, apsEncryption);
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

  /** Gathers what a device is; {@link #model} or {@link #takes} must be among it. */
  public static final class Builder {
    private final Eui64 address;
    private final DeviceType type;
    private final Verifier verifier;
    private @Nullable ManufacturerCode manufacturerCode;
    private @Nullable ImageType imageType;
    private Optional<HardwareVersion> hardwareVersion = Optional.empty();
    private int zigBeeStackVersion = OtaHeader.STACK_VERSION_PRO;
    private Optional<SecurityCredentialVersion> securityCredentialVersion = Optional.empty();
    private int profileId = Clusters.PROFILE_SMART_ENERGY;
    private boolean apsEncryption;
    private Optional<GbcsConfig> gbcs = Optional.empty();
    private DeviceParameters parameters = DeviceParameters.DEFAULT;
    private Optional<DowngradePermission> downgrade = Optional.empty();

    private Builder(Eui64 address, DeviceType type, Verifier verifier) {
      this.address = address;
      this.type = type;
      this.verifier = verifier;
    }

    /** The manufacturer and the image type of its images. */
    public Builder model(ManufacturerCode manufacturer, ImageType images) {
      manufacturerCode = manufacturer;
      imageType = images;
      return this;
    }

    /**
     * A device that the file with this header is for: of its manufacturer, image type, ZigBee stack
     * version and credentials, on the lowest hardware that it is for.
     */
    public Builder takes(OtaHeader header) {
      hardwareVersion =
          header
              .hardwareVersions()
              .filter(range -> !range.isEmpty())
              .map(HardwareVersionRange::minimum);
      zigBeeStackVersion = header.zigBeeStackVersion();
      securityCredentialVersion = header.securityCredentialVersion();
      return model(manufacturerOf(header), header.image().imageType());
    }

    /** The version of its hardware; without this it has none. */
    public Builder hardwareVersion(HardwareVersion version) {
      hardwareVersion = Optional.of(version);
      return this;
    }

    /** uint16; without this: that of ZigBee PRO. */
    public Builder zigBeeStackVersion(int version) {
      zigBeeStackVersion = version;
      return this;
    }

    /** The version of its credentials; without this it has none. */
    public Builder securityCredentialVersion(SecurityCredentialVersion version) {
      securityCredentialVersion = Optional.of(version);
      return this;
    }

    /**
     * The application profile of its network.
     *
     * @param profile of the frames that it sends, uint16; without this: Smart Energy
     * @param encryption whether unicast OTA commands must be encrypted, as Smart Energy demands by
     *     radio; without this they need not be
     */
    public Builder network(int profile, boolean encryption) {
      profileId = profile;
      apsEncryption = encryption;
      return this;
    }

    /** How it takes part in GBCS; without this it has no credentials. */
    public Builder gbcs(Optional<GbcsConfig> part) {
      gbcs = part;
      return this;
    }

    /** Times and limits; without this: the defaults. */
    public Builder parameters(DeviceParameters values) {
      parameters = values;
      return this;
    }

    /** Permits images of a lower version, and of the highest; without this it takes neither. */
    public Builder downgrade(Optional<DowngradePermission> permission) {
      downgrade = permission;
      return this;
    }

    /** The device. */
    public DeviceConfig build() {
      if (manufacturerCode == null || imageType == null) {
        throw new IllegalArgumentException(
            "model of " + address + " is missing, allowed a manufacturer code and an image type");
      }
      return new DeviceConfig(this, manufacturerCode, imageType);
    }
  }
}
