// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;

/** Wrong images brick devices: zigbee2mqtt#18840, zigbee-herdsman-converters#6387. */
class CatalogueTest {
  private static final Eui64 ADDRESS = new Eui64(0x1122334455667788L);
  private static final DeviceDescription DEVICE =
      new DeviceDescription(
          new ManufacturerCode(0x1234),
          new ImageType(7),
          new FileVersion(10),
          Optional.of(new HardwareVersion(3)),
          Optional.of(ADDRESS),
          Optional.of("maker"),
          Optional.of("model"));

  private static final Optional<String> MAKER = Optional.of("maker");
  private static final CatalogueEntry ENTRY = entry(11);

  @Test
  void theHighestNewerVersionIsTheUpgradeAndOlderOnesAreOnlySuiting() {
    Catalogue catalogue = new Catalogue(List.of(entry(9), entry(12), entry(11)));
    assertThat(catalogue.suiting(DEVICE)).containsExactly(entry(12), entry(11), entry(9));
    assertThat(catalogue.upgradeFor(DEVICE)).contains(entry(12));
    assertThat(new Catalogue(List.of(entry(10), entry(9))).upgradeFor(DEVICE)).isEmpty();
  }

  @Test
  void anImageOfAnotherManufacturerOrTypeNeverSuits() {
    assertThat(ENTRY.suits(DEVICE)).isTrue();
    assertThat(named(ImageId.of(0x1235, 7, 11)).suits(DEVICE)).isFalse();
    assertThat(named(ImageId.of(0x1234, 8, 11)).suits(DEVICE)).isFalse();
    assertThat(named(ImageId.of(0xFFFF, 7, 11)).suits(DEVICE)).isTrue();
  }

  @Test
  void everyConditionIsCheckedAndFailsClosedWhereTheDeviceSaidNothing() {
    CatalogueEntry conditional =
        new CatalogueEntry(
            "f",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ENTRY.image(),
            "",
            new OfferConditions(
                Optional.of(HardwareVersionRange.of(2, 3)),
                Optional.of(new FileVersion(9)),
                Optional.of(new FileVersion(10)),
                List.of("other", "maker"),
                List.of("model"),
                Optional.of(ADDRESS),
                List.of()));
    assertThat(conditional.suits(DEVICE)).isTrue();
    assertThat(
            conditional.suits(
                device(10, Optional.empty(), DEVICE.address(), MAKER, DEVICE.modelId())))
        .isFalse();
    assertThat(
            conditional.suits(device(10, hardware(4), DEVICE.address(), MAKER, DEVICE.modelId())))
        .isFalse();
    assertThat(conditional.suits(device(8, hardware(3), DEVICE.address(), MAKER, DEVICE.modelId())))
        .isFalse();
    assertThat(
            conditional.suits(device(11, hardware(3), DEVICE.address(), MAKER, DEVICE.modelId())))
        .isFalse();
    assertThat(
            conditional.suits(device(10, hardware(3), Optional.empty(), MAKER, DEVICE.modelId())))
        .isFalse();
    assertThat(
            conditional.suits(device(10, hardware(3), DEVICE.address(), MAKER, Optional.empty())))
        .isFalse();
    for (Optional<String> maker : List.of(Optional.<String>empty(), Optional.of("nobody"))) {
      assertThat(
              conditional.suits(device(10, hardware(3), DEVICE.address(), maker, DEVICE.modelId())))
          .isFalse();
    }
    assertThat(conditional.refusal(device(10, hardware(4), DEVICE.address(), MAKER, MAKER)))
        .contains("the device's hardware version is 0004, allowed 0002..0003");
    assertThat(conditional.refusal(device(8, hardware(3), DEVICE.address(), MAKER, MAKER)))
        .contains("the device's file version is 00000008, allowed 00000009 and higher");
  }

  @Test
  void aFieldThatNobodyUnderstandsExcludesTheEntryAndIsNamed() {
    CatalogueEntry unknown =
        new CatalogueEntry(
            "f",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ENTRY.image(),
            "",
            new OfferConditions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of("region", "batch")));
    assertThat(unknown.suits(DEVICE)).isFalse();
    assertThat(unknown.refusal(DEVICE))
        .hasValueSatisfying(reason -> assertThat(reason).endsWith("restrict it: region, batch"));
  }

  @Test
  void anEntrySaysWhatTheFilesHeaderSays() {
    OtaHeader header =
        OtaHeader.of(ImageId.of(0x1234, 7, 11))
            .withHeaderString("text")
            .withHardwareVersions(HardwareVersionRange.of(1, 2))
            .withUpgradeFileDestination(ADDRESS);
    var file = ZigBeeFile.builder(header).upgradeImage(Octets.EMPTY).build();
    CatalogueEntry entry = CatalogueEntry.of("a.ota", file.octets());
    assertThat(entry.otaHeaderString()).isEqualTo("text");
    assertThat(entry.conditions().hardwareVersions()).isEqualTo(header.hardwareVersions());
    assertThat(entry.conditions().destination()).contains(ADDRESS);
    assertThat(entry.sha512()).hasValueSatisfying(hash -> assertThat(hash.length()).isEqualTo(64));
  }

  private static DeviceDescription device(
      long version,
      Optional<HardwareVersion> hardware,
      Optional<Eui64> address,
      Optional<String> maker,
      Optional<String> model) {
    return new DeviceDescription(
        DEVICE.manufacturerCode(),
        DEVICE.imageType(),
        new FileVersion(version),
        hardware,
        address,
        maker,
        model);
  }

  private static Optional<HardwareVersion> hardware(int version) {
    return Optional.of(new HardwareVersion(version));
  }

  private static CatalogueEntry entry(long version) {
    return named(ImageId.of(0x1234, 7, version));
  }

  private static CatalogueEntry named(ImageId image) {
    return new CatalogueEntry(
        image + ".ota",
        Optional.empty(),
        Optional.of(100L),
        Optional.empty(),
        image,
        "",
        OfferConditions.of(OtaHeader.of(image)));
  }
}
