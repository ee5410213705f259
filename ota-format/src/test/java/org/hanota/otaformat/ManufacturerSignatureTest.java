// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256Signature;
import org.junit.jupiter.api.Test;

class ManufacturerSignatureTest {
  private static final P256PrivateKey KEY = P256PrivateKey.fromSeed(Octets.fromHex("03"));
  private static final ImageId NAME = ImageId.of(0x1234, 1, 0x0200_0000);
  private static final OtaHeader HEADER =
      OtaHeader.of(NAME).withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF));
  private static final Octets FIRMWARE = Octets.wrap(new byte[40]);

  @Test
  void anOldImageRelabelledAsNewIsRefused() {
    Octets image = ManufacturerSignature.signFormat1(FIRMWARE, KEY);
    var file = ZigBeeFile.builder(OtaHeader.of(NAME)).upgradeImage(image).build().octets();
    assertThat(refused(verifier(FileKind.ZIGBEE), file))
        .isEqualTo(VerificationStep.SIGNATURE_ELEMENT);
  }

  @Test
  void format1IsAcceptedWhereTheDeviceIsSetToAndSaysThatTheHeaderIsNotSigned() {
    Octets image = ManufacturerSignature.signFormat1(FIRMWARE, KEY);
    Verifier verifier =
        Verifier.manufacturerFormat1(KEY.publicKey(), FileKind.ZIGBEE, "the test reads old files");
    var old = ZigBeeFile.builder(OtaHeader.of(NAME)).upgradeImage(image).build().octets();
    assertThat(verifier.verify(old, NAME))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified ->
                assertThat(verified.image().reason())
                    .endsWith(
                        "in format 1, without the header, accepted because the test reads old"
                            + " files"));
    Octets changed = StrictReadingTest.changed((Octets) old, 70, Octets.fromHex("FF"));
    assertThat(refused(verifier, changed)).isEqualTo(VerificationStep.SIGNATURE);
    assertThat(verifier.verify(file(FileKind.ZIGBEE), NAME))
        .isInstanceOf(Verification.Verified.class);
    assertThatThrownBy(() -> Verifier.manufacturerFormat1(KEY.publicKey(), FileKind.ZIGBEE, " "))
        .hasMessageContaining("reason is blank");
  }

  @Test
  void anyChangedBitOfAnyKindOfFileIsRefused() {
    for (FileKind kind : FileKind.values()) {
      Octets file = file(kind);
      assertThat(verifier(kind).verify(file, NAME)).isInstanceOf(Verification.Verified.class);
      // The supplier's part of a meter file is the supplier's to sign.
      int signed = file.length() - (kind == FileKind.GB_METER ? GbMeterFile.SUFFIX_LENGTH : 0);
      for (int bit = 0; bit < signed * 8; bit++) {
        Octets flip = Octets.copyOf((byte) (file.at(bit / 8) ^ 1 << bit % 8));
        Octets changed = StrictReadingTest.changed(file, bit / 8, flip);
        assertThat(verifier(kind).verify(changed, NAME))
            .as("%s, bit %d", kind, bit)
            .isInstanceOf(Verification.Refused.class);
      }
    }
  }

  @Test
  void theHeaderFieldsThatADeviceComparesCannotBeReplaced() {
    List<OtaHeader> others =
        List.of(
            OtaHeader.of(NAME).withHardwareVersions(HardwareVersionRange.of(0x0200, 0x02FF)),
            HEADER.withUpgradeFileDestination(new Eui64(5)),
            HEADER.withSecurityCredentialVersion(new SecurityCredentialVersion(0)),
            OtaHeader.of(ImageId.of(0xFFFF, 1, 0x0200_0000)));
    Octets file = file(FileKind.ZIGBEE);
    Octets body = file.from(HEADER.headerLength());
    for (OtaHeader other : others) {
      Octets relabelled = other.withBodyOf(body.length()).write().concat(body);
      assertThat(refused(verifier(FileKind.ZIGBEE), relabelled))
          .isEqualTo(VerificationStep.SIGNATURE);
    }
  }

  @Test
  void anotherKeyAnotherVersionAndAPlaceBeforeTheEndAreRefused() {
    Octets file = file(FileKind.ZIGBEE);
    Verifier other =
        Verifier.manufacturer(
            P256PrivateKey.fromSeed(Octets.fromHex("04")).publicKey(), FileKind.ZIGBEE);
    assertThat(refused(other, file)).isEqualTo(VerificationStep.SIGNATURE);
    int version = file.length() - P256Signature.LENGTH - 1;
    assertThat(
            refused(
                verifier(FileKind.ZIGBEE),
                StrictReadingTest.changed(file, version, Octets.fromHex("03"))))
        .isEqualTo(VerificationStep.SIGNATURE_ELEMENT);
    int start = HEADER.headerLength();
    int element = file.length() - ManufacturerSignature.ELEMENT_LENGTH;
    Octets moved =
        file.slice(0, start).concat(file.from(element)).concat(file.slice(start, element - start));
    assertThat(refused(verifier(FileKind.ZIGBEE), moved))
        .isEqualTo(VerificationStep.SIGNATURE_ELEMENT);
  }

  @Test
  void itStandsBehindAnIntegrityCodeAndNeverBesideAnotherSignature() {
    ZigBeeFile.Builder builder =
        ZigBeeFile.builder(HEADER)
            .element(new ElementTag(0xF000), FIRMWARE)
            .upgradeImage(FIRMWARE)
            .integrityCode(IntegrityCode.Range.TAG_EXCLUDED)
            .signAsManufacturer(KEY);
    OctetSource file = builder.build().octets();
    assertThat(verifier(FileKind.ZIGBEE).verify(file, NAME))
        .isInstanceOf(Verification.Verified.class);
    assertThat(Verifier.integrityCode().verify(file, NAME))
        .isInstanceOf(Verification.Verified.class);
    assertThatThrownBy(() -> builder.sign(Samples.signer(CryptoSuite.SUITE_1)).build())
        .hasMessageContaining("use one");
    assertThatThrownBy(
            () -> ZigBeeFile.builder(HEADER).element(ManufacturerSignature.TAG, FIRMWARE))
        .hasMessageContaining("signAsManufacturer");
  }

  @Test
  void anInspectionShowsWhereItStands() {
    for (FileKind kind : FileKind.values()) {
      Inspection inspection = Inspection.of(file(kind), kind);
      assertThat(inspection.hasManufacturerSignature()).as("%s", kind).isTrue();
      Stream.Builder<Region> regions = Stream.builder();
      inspection.regions(regions);
      List<Region> all = regions.build().toList();
      assertThat(all.stream().filter(region -> region.name().contains("signature, format 2")))
          .as("%s", kind)
          .hasSize(1)
          .allMatch(region -> region.length() == ManufacturerSignature.ELEMENT_LENGTH);
      assertThat(all.stream().mapToLong(Region::length).sum()).isEqualTo(inspection.size());
    }
    Octets format1 = ManufacturerSignature.signFormat1(FIRMWARE, KEY);
    assertThat(
            Inspection.of(GbPpmidFile.of(HEADER, format1).octets(), FileKind.GB_PPMID)
                .hasManufacturerSignature())
        .isFalse();
  }

  private static Octets file(FileKind kind) {
    OtaFile file =
        switch (kind) {
          case ZIGBEE ->
              ZigBeeFile.builder(HEADER).upgradeImage(FIRMWARE).signAsManufacturer(KEY).build();
          case GB_METER ->
              GbMeterFile.sign(
                  HEADER, GbMeterFile.manufacturerImage(HEADER, FIRMWARE, KEY), false, Samples.KEY);
          case GB_PPMID -> GbPpmidFile.sign(HEADER, FIRMWARE, KEY);
        };
    return (Octets) file.octets();
  }

  private static Verifier verifier(FileKind kind) {
    return Verifier.manufacturer(KEY.publicKey(), kind);
  }

  private static VerificationStep refused(Verifier verifier, OctetSource file) {
    return ((Verification.Refused) verifier.verify(file, NAME)).step();
  }
}
