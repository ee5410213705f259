// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.PrivateKey;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;

/**
 * Images of our own, one form for each type of device, signed with keys that follow from a seed.
 */
public final class SampleImages {
  private static final FileVersion BEFORE = new FileVersion(0x0100_0000L);
  private static final FileVersion AFTER = new FileVersion(0x0101_0000L);

  /** Firmware of a small display: large enough to see progress, small enough to be quick. */
  private static final int FIRMWARE_OCTETS = 48 * 1024;

  private SampleImages() {}

  /** A device called {@code name} with an image made for its type. */
  public static HomeScenario.Plan plan(long seed, String name, DeviceType type) {
    return plan(seed, name, type, FIRMWARE_OCTETS);
  }

  /** As {@link #plan(long, String, DeviceType)}, with so many octets of firmware. */
  public static HomeScenario.Plan plan(
      long seed, String name, DeviceType type, int firmwareOctets) {
    OtaFile file = file(seed, type, firmwareOctets, HARDWARE);
    return plan(seed, name, type, type.label() + ".ota", file);
  }

  /** An image of the same model for other hardware, which its hub must not offer. */
  static HomeScenario.Plan wrongPlan(long seed, HomeScenario.Plan right) {
    OtaFile file = file(seed, right.type(), FIRMWARE_OCTETS, OTHER_HARDWARE);
    return plan(seed, right.name(), right.type(), "wrong.ota", file);
  }

  private static final HardwareVersionRange HARDWARE = HardwareVersionRange.of(0x0100, 0x01FF);
  private static final HardwareVersionRange OTHER_HARDWARE =
      HardwareVersionRange.of(0x0200, 0x02FF);

  private static HomeScenario.Plan plan(
      long seed, String name, DeviceType type, String imageName, OtaFile file) {
    return new HomeScenario.Plan(
        name,
        type,
        imageName,
        file.octets().octets(0, (int) file.octets().size()),
        file.kind(),
        verifier(seed, type),
        BEFORE,
        type.activatedByCommand() ? new UpgradeTime.Held() : new UpgradeTime.Now(),
        DeviceParameters.DEFAULT);
  }

  /** Meters and HCALCS take images that their supplier signed, others their maker's. */
  private static PrivateKey key(long seed, DeviceType type) {
    if (type.activatedByCommand()) {
      return new GbParties(seed).imageKey();
    }
    return P256PrivateKey.fromSeed(of(seed, type, Purpose.SAMPLE_KEY).octets(32));
  }

  /** Image types are far apart, so that those of parts do not meet. */
  private static int number(DeviceType type) {
    return switch (type) {
      case IHD -> 1;
      case PPMID -> 2;
      case HCALCS -> 3;
      case ESME -> 4;
      case GSME -> 5;
    };
  }

  /** A sample belongs to no home: the first one's streams have no node for this purpose. */
  private static SeededRandom of(long seed, DeviceType type, Purpose purpose) {
    return Streams.of(seed, 0).of(number(type), purpose);
  }

  private static Verifier verifier(long seed, DeviceType type) {
    return type.activatedByCommand()
        ? Verifier.authorisingSignature(key(seed, type).publicKey())
        : Verifier.manufacturer(
            key(seed, type).publicKey(),
            type == DeviceType.PPMID ? FileKind.GB_PPMID : FileKind.ZIGBEE);
  }

  private static OtaFile file(
      long seed, DeviceType type, int firmwareOctets, HardwareVersionRange hardware) {
    Octets firmware = of(seed, type, Purpose.SAMPLE_FIRMWARE).octets(firmwareOctets);
    PrivateKey key = key(seed, type);
    OtaHeader header =
        OtaHeader.of(
                new ImageId(
                    DeviceConfig.SAMPLE_MANUFACTURER,
                    new ImageType(number(type) << 8),
                    AFTER))
            .withHeaderString("hanota sample for " + type.label())
            .withHardwareVersions(hardware);
    return switch (type) {
      case HCALCS, ESME, GSME -> GbMeterFile.sign(header, firmware, false, key);
      case PPMID -> GbPpmidFile.sign(header, firmware, key);
      case IHD -> ZigBeeFile.builder(header).upgradeImage(firmware).signAsManufacturer(key).build();
    };
  }
}
