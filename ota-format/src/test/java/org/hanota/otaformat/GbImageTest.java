// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.Sha256;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

class GbImageTest {
  private static final ImageId REFERENCE = ImageId.of(0x121D, 0x0000, 0xACDCACDCL);
  private static final OtaHeader HEADER =
      OtaHeader.of(ImageId.of(0x1234, 0x0001, 2))
          .withHeaderString("sample")
          .withHardwareVersions(HardwareVersionRange.of(0x0100, 0x01FF));

  @Test
  void theReferenceMeterImageIsReadAndItsSignatureIsTheSuppliers() throws Exception {
    Octets octets = Corpus.shared("vectors/duis/rtds-esme-image-11.1.bin");
    GbMeterFile file = GbMeterFile.read(octets);
    assertThat(FileKind.detect(octets)).contains(FileKind.GB_METER);
    assertThat(file.image()).isEqualTo(REFERENCE);
    assertThat(file.header().headerString().text()).isEqualTo("I am a GFI ESME[] firmware image");
    assertThat(file.header().hardwareVersions()).contains(HardwareVersionRange.of(0x1111, 0x1211));
    assertThat(file.forceReplace()).isZero();
    assertThat(file.manufacturerImageHash().toHex())
        .isEqualTo("7542f475e3f12eae887d81e32c46d313741d67076b13caec2f82e00ba5e1bb36");
    assertThat(Corpus.written(file)).isEqualTo(octets);
    Verification verification = Verifier.authorisingSignature(supplier()).verify(octets, REFERENCE);
    assertThat(verification)
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.image().manufacturerImageHash())
                  .contains(file.manufacturerImageHash());
              assertThat(verified.image().sha256()).isEqualTo(Sha256.of(octets));
            });
  }

  @Test
  void theReferencePpmidImageIsReadOnlyWhenItsKindIsGiven() {
    Octets octets = Corpus.shared("vectors/duis/rtds-ppmid-image-11.4.bin");
    assertThat(FileKind.detect(octets)).isEmpty();
    GbPpmidFile file = GbPpmidFile.read(octets);
    assertThat(file.manufacturerImageHash().toHex())
        .isEqualTo("7542f475e3f12eae887d81e32c46d313741d67076b13caec2f82e00ba5e1bb36");
    assertThat(Corpus.written(file)).isEqualTo(octets);
  }

  @Test
  void anyFlippedBitOfTheReferenceMeterImageIsRefusedExceptInWhatNobodySigned() throws Exception {
    Octets octets = Corpus.shared("vectors/duis/rtds-esme-image-11.1.bin");
    Verifier verifier = Verifier.authorisingSignature(supplier());
    int headerLength = 60;
    for (int bit = headerLength * 8; bit < octets.length() * 8; bit++) {
      byte[] flipped = octets.toByteArray();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      boolean forceReplace = bit / 8 == octets.length() - GbMeterFile.SUFFIX_LENGTH;
      assertThat(verifier.verify(Octets.wrap(flipped), REFERENCE))
          .as("bit %d", bit)
          .isInstanceOf(forceReplace ? Verification.Verified.class : Verification.Refused.class);
    }
  }

  @Test
  void signingTwiceGivesTheSameFileAndItVerifies() {
    P256PrivateKey key = P256PrivateKey.fromSeed(Octets.fromHex("01"));
    Octets image = Octets.wrap(new byte[1000]);
    GbMeterFile file = GbMeterFile.sign(HEADER, image, true, key);
    assertThat(file.octets()).isEqualTo(GbMeterFile.sign(HEADER, image, true, key).octets());
    assertThat(file.forceReplace()).isEqualTo(1);
    assertThat(GbMeterFile.read(file.octets()).header()).isEqualTo(file.header());
    assertThat(Verifier.authorisingSignature(key.publicKey()).verify(file.octets(), HEADER.image()))
        .isInstanceOf(Verification.Verified.class);
    P256PublicKey other = P256PrivateKey.fromSeed(Octets.fromHex("02")).publicKey();
    assertThat(Verifier.authorisingSignature(other).verify(file.octets(), HEADER.image()))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.step()).isEqualTo(VerificationStep.SIGNATURE));
  }

  @Test
  void aMeterFileThatIsTooShortOrHasAnotherSignatureLengthIsRefused() {
    P256PrivateKey key = P256PrivateKey.fromSeed(Octets.fromHex("01"));
    Octets file = (Octets) GbMeterFile.sign(HEADER, Octets.EMPTY, false, key).octets();
    assertThat(GbMeterFile.read(file).manufacturerImage().size()).isZero();
    assertThatThrownBy(
            () -> GbMeterFile.read(StrictReadingTest.changed(file, 61, Octets.fromHex("41"))))
        .isInstanceOfSatisfying(FormatException.class, e -> assertThat(e.offset()).isEqualTo(61));
    Octets shorter = (Octets) GbPpmidFile.of(HEADER, file.slice(61, 65)).octets();
    assertThatThrownBy(() -> GbMeterFile.read(shorter))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("found 65 octets, allowed at least 66");
  }

  @Test
  void aPpmidsFirmwareMayEndAsAMetersFileDoes() {
    P256PrivateKey key = P256PrivateKey.fromSeed(Octets.fromHex("03"));
    byte[] firmware = new byte[500];
    firmware[499] = 0x40;
    Octets image = ManufacturerSignature.signFormat1(Octets.wrap(firmware), key);
    var file = GbPpmidFile.of(HEADER, image).octets();
    assertThat(FileKind.detect(file)).contains(FileKind.GB_METER);
    assertThat(
            Verifier.manufacturerFormat1(key.publicKey(), FileKind.GB_PPMID, "the test needs it")
                .verify(file, HEADER.image()))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void theHeaderOfAGbFileHasHardwareVersionsAndNothingElseOptional() {
    OtaHeader plain = OtaHeader.of(HEADER.image());
    Octets body = Octets.wrap(new byte[500]);
    for (OtaHeader wrong :
        List.of(
            plain,
            plain.withUpgradeFileDestination(new Eui64(1)),
            HEADER.withSecurityCredentialVersion(new SecurityCredentialVersion(2)))) {
      Octets file = Strict.join(wrong.withBodyOf(body.length()).write(), body);
      assertThatThrownBy(() -> GbPpmidFile.read(file))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("field control");
    }
  }

  @Test
  void anImageOfAnotherNameIsRefusedAndAWildCardManufacturerMatchesAny() {
    Verifier verifier = Verifier.headerAndSizeOnly("the test needs no more");
    ImageId name = ImageId.of(0xFFFF, 1, 2);
    var file = ZigBeeFile.builder(OtaHeader.of(name)).upgradeImage(Octets.EMPTY).build().octets();
    assertThat(verifier.verify(file, ImageId.of(0x1111, 1, 2)))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> assertThat(verified.image().image()).isEqualTo(ImageId.of(0x1111, 1, 2)));
    assertThat(verifier.verify(file, ImageId.of(0x1111, 1, 3)))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.step()).isEqualTo(VerificationStep.IDENTITY));
  }

  private static P256PublicKey supplier() throws Exception {
    try (InputStream in =
        Files.newInputStream(Shared.require("vectors/rtds/keystore/90b3d51f30010000-ds.pem"))) {
      return KeyPem.publicKey(
          CertificateFactory.getInstance("X.509").generateCertificate(in).getPublicKey());
    }
  }
}
