// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.OctetWriter;
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
import org.hanota.sim.scenario.ImageSource;
import org.hanota.sim.scenario.ImageSource.Flaw;
import org.hanota.sim.scenario.ScenarioDevice;

/**
 * Images of our own, one form for each type of device, signed with keys that follow from a seed.
 */
public final class SampleImages {
  private static final FileVersion BEFORE = new FileVersion(0x0100_0000L);
  private static final FileVersion AFTER = new FileVersion(0x0101_0000L);
  private static final FileVersion FORMERS = new FileVersion(0x0100_8000L);

  private SampleImages() {}

  /** A device called {@code name} that is offered an image made for its type. */
  public static ScenarioDevice device(long seed, String name, DeviceType type) {
    return device(seed, name, type, ImageSource.Sample.USUAL_OCTETS);
  }

  /** The same, with so many octets of firmware. */
  public static ScenarioDevice device(long seed, String name, DeviceType type, int firmwareOctets) {
    return new ScenarioDevice(
        name,
        type,
        new ImageSource.Sample(seed, firmwareOctets, Flaw.NONE),
        BEFORE,
        type.activatedByCommand() ? new UpgradeTime.Held() : new UpgradeTime.Now(),
        DeviceParameters.DEFAULT);
  }

  /** A device with the octets of its image. */
  public static DevicePlan plan(long seed, String name, DeviceType type) {
    return plan(seed, name, type, ImageSource.Sample.USUAL_OCTETS);
  }

  /** The same, with so many octets of firmware. */
  public static DevicePlan plan(long seed, String name, DeviceType type, int firmwareOctets) {
    return DevicePlan.of(device(seed, name, type, firmwareOctets), Fittings.IN_MEMORY);
  }

  static DevicePlan plan(ScenarioDevice device, ImageSource.Sample sample) {
    DeviceType type = device.type();
    OtaFile file = file(sample, type);
    Octets octets = file.octets().octets(0, (int) file.octets().size());
    return new DevicePlan(
        device,
        switch (sample.flaw()) {
          case NONE -> type.label() + ".ota";
          case FORMER_SUPPLIER -> "former.ota";
          case OTHER_HARDWARE, WRONG_SIGNATURE, OTHER_SIGNER -> "wrong.ota";
        },
        sample.flaw() == Flaw.WRONG_SIGNATURE ? lastOctetChanged(octets) : octets,
        file.kind(),
        verifier(sample.seed(), type));
  }

  private static Octets lastOctetChanged(Octets image) {
    int last = image.length() - 1;
    return new OctetWriter(image.length())
        .octets(image.slice(0, last))
        .uint8(image.at(last) ^ 1)
        .toOctets();
  }

  private static final HardwareVersionRange HARDWARE = HardwareVersionRange.of(0x0100, 0x01FF);
  private static final HardwareVersionRange OTHER_HARDWARE =
      HardwareVersionRange.of(0x0200, 0x02FF);

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

  private static OtaFile file(ImageSource.Sample sample, DeviceType type) {
    long seed = sample.seed();
    Octets firmware = of(seed, type, Purpose.SAMPLE_FIRMWARE).octets(sample.firmwareOctets());
    PrivateKey key =
        sample.flaw() == Flaw.FORMER_SUPPLIER
            ? new GbParties(seed).otherSupplier().digitalSignatureKey()
            : key(sample.flaw() == Flaw.OTHER_SIGNER ? seed + 1 : seed, type);
    OtaHeader header =
        OtaHeader.of(
                new ImageId(
                    DeviceConfig.SAMPLE_MANUFACTURER,
                    new ImageType(number(type) << 8),
                    sample.flaw() == Flaw.FORMER_SUPPLIER ? FORMERS : AFTER))
            .withHeaderString("hanota sample for " + type.label())
            .withHardwareVersions(sample.flaw() == Flaw.OTHER_HARDWARE ? OTHER_HARDWARE : HARDWARE);
    return switch (type) {
      case HCALCS, ESME, GSME -> GbMeterFile.sign(header, firmware, false, key);
      case PPMID -> GbPpmidFile.sign(header, firmware, key);
      case IHD -> ZigBeeFile.builder(header).upgradeImage(firmware).signAsManufacturer(key).build();
    };
  }
}
