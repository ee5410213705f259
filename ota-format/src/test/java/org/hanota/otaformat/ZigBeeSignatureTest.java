// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ZigBeeSignatureTest {
  private static final Eui64 TEST_CA_NAME = Eui64.parse("5445535453454341");
  private static final SuitePublicKey TEST_CA_1 =
      SuitePublicKey.of(
          CryptoSuite.SUITE_1, Octets.fromHex("0200FDE8A7F3D1084224962A4E7C54E69AC3F04DA6B8"));
  private static final Eui64 SIGNER = Eui64.parse("000D6F0000198B36");
  private static final ImageId SAMPLE = ImageId.of(0x1002, 0x5678, 5);

  private static final ImageId NAME = ImageId.of(0x1234, 0x5678, 9);

  @Test
  void thePublishedSuite1FileHasThePublishedDigestAndVerifies() {
    Octets octets = Corpus.shared("vectors/zigbee/signed-suite1-sample.ota");
    ZigBeeSignature signature = ZigBeeSignature.of(ZigBeeFile.read(octets)).orElseThrow();
    assertThat(signature.digest()).isEqualTo(Octets.fromHex("E26A886E8030458DA084586F2DCB08A2"));
    assertThat(signature.signer()).isEqualTo(SIGNER);
    assertThat(publishedVerifier().verify(octets, SAMPLE))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void oneFlippedBitAnywhereInThePublishedFileFails() {
    Octets octets = Corpus.shared("vectors/zigbee/signed-suite1-sample.ota");
    Verifier verifier = publishedVerifier();
    for (int bit = 0; bit < octets.length() * 8; bit++) {
      assertThat(verifier.verify(flipped(octets, bit), SAMPLE))
          .as("bit %d", bit)
          .isInstanceOf(Verification.Refused.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SUITE_1, 0200FDE8A7F3D1084224962A4E7C54E69AC3F04DA6B8,"
        + " 02020882b1d7df05538f37cdd09a4f6b15368998642b002208000000000154455354534543410109108301234567890a,"
        + " 0207d1ca014786b5e552cfd5f04339a2e856f00eaaef",
    "SUITE_1, 0200FDE8A7F3D1084224962A4E7C54E69AC3F04DA6B8,"
        + " 0200caa15b4beede65c3139a5c3bc40c9ad153854a270022a300001731f354455354534543410109108301234567890a,"
        + " 020366d312a0abf55654ead3e1624c31faed89c3bb20",
    "SUITE_2, 0207a445022d9f39f49bdc38380026a27a9e0a1799313ab28c5c1a1c6b605154db1dff6752,"
        + " 000b3ad5a312ab75d60d081112131415161718005b7ed230ffffffff0022080000000001080205bb3d1d1576197ff9ab6563915019a130437adb0ee7915432dc4a09c97dc595c5856800,"
        + " 02012f082ee7db1bd3f89f16eabbf5d6221a5dcd077fc0c9d37b329eee8e2cdaee03439de0",
  })
  void thePublishedCertificatesGiveThePublishedKeys(
      CryptoSuite suite, String authority, String certificate, String key) {
    ImplicitCertificate implicit = new ImplicitCertificate(suite, Octets.fromHex(certificate));
    SuitePublicKey issuer = SuitePublicKey.of(suite, Octets.fromHex(authority));
    assertThat(implicit.publicKey(issuer).encoded().toHex()).isEqualTo(key);
  }

  @ParameterizedTest
  @EnumSource
  void whatWeSignVerifiesAndAnyFlippedBitFails(CryptoSuite suite) {
    Octets file = signed(suite);
    Verifier verifier = verifier(suite);
    assertThat(verifier.verify(file, NAME)).isInstanceOf(Verification.Verified.class);
    for (int bit = 0; bit < file.length() * 8; bit += 5) {
      assertThat(verifier.verify(flipped(file, bit), NAME))
          .as("bit %d", bit)
          .isInstanceOf(Verification.Refused.class);
    }
    assertThat(signed(suite)).as("signing is deterministic").isEqualTo(file);
  }

  @ParameterizedTest
  @EnumSource
  void theFailedStepIsNamed(CryptoSuite suite) {
    Octets file = signed(suite);
    ZigBeeTrust trust = Samples.trust(suite);
    ZigBeeTrust strangers = ZigBeeTrust.nobody().withSigner(Samples.SIGNER_NAME);
    ZigBeeTrust onlyIssuer =
        ZigBeeTrust.nobody().withIssuer(Samples.CA_NAME, Samples.authority(suite).publicKey());
    SuitePublicKey other = SuitePrivateKey.fromSeed(suite, Octets.fromHex("77")).publicKey();
    assertFails(onlyIssuer, file, VerificationStep.SIGNER);
    assertFails(strangers, file, VerificationStep.ISSUER);
    assertFails(strangers.withIssuer(Samples.CA_NAME, other), file, VerificationStep.SIGNATURE);
    assertFails(trust, flipped(file, file.length() * 8 - 1), VerificationStep.SIGNATURE);
    Octets unsigned =
        (Octets) ZigBeeFile.builder(OtaHeader.of(NAME)).upgradeImage(Octets.EMPTY).build().octets();
    assertFails(trust, unsigned, VerificationStep.SIGNATURE_ELEMENT);
    assertFails(trust, rebuilt(file, suite, "tail"), VerificationStep.DIGEST);
    assertFails(trust, rebuilt(file, suite, "both"), VerificationStep.SUITE);
    assertFails(trust, rebuilt(file, suite, "no certificate"), VerificationStep.CERTIFICATE);
    assertFails(trust, rebuilt(file, suite, "other subject"), VerificationStep.CERTIFICATE);
    assertFails(trust, rebuilt(file, suite, "twice"), VerificationStep.SIGNATURE_ELEMENT);
  }

  @Test
  void p256DataInASuite2TagFailsByNameAndIsReported() {
    Octets octets = Corpus.shared("corpus/ota/03d685874961.zigbee");
    Inspection inspection = Inspection.of(octets);
    assertThat(inspection.diagnostics())
        .extracting(Diagnostic::code)
        .contains(Diagnostic.Code.P256_IN_SUITE_2);
    ZigBeeTrust trust = ZigBeeTrust.nobody().withSigner(Eui64.parse("000D6F0000198B36"));
    assertThat(
            Verifier.zigbeeSignature(trust).verify(inspection.image(), inspection.header().image()))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.step()).isEqualTo(VerificationStep.CERTIFICATE));
  }

  @Test
  void aCertificateOfAnotherFormIsRefused() {
    assertThatThrownBy(
            () -> new ImplicitCertificate(CryptoSuite.SUITE_1, Octets.wrap(new byte[47])))
        .isInstanceOf(FormatException.class);
    ImplicitCertificate noPoint =
        new ImplicitCertificate(CryptoSuite.SUITE_1, Octets.wrap(new byte[48]));
    assertThatThrownBy(() -> noPoint.publicKey(TEST_CA_1)).isInstanceOf(FormatException.class);
  }

  private static Octets rebuilt(Octets file, CryptoSuite suite, String change) {
    ZigBeeFile signed = ZigBeeFile.read(file);
    Octets body = Octets.EMPTY;
    for (Element element : signed.elements()) {
      boolean certificate = element.tag().equals(suite.certificateTag());
      Octets octets = element.header().concat(element.octets());
      if (certificate && change.equals("no certificate")) {
        continue;
      }
      if (certificate && change.equals("other subject")) {
        int subject = Element.HEADER_LENGTH + (suite == CryptoSuite.SUITE_1 ? 22 : 28);
        octets = StrictReadingTest.changed(octets, subject, Octets.fromHex("FF"));
      }
      body = body.concat(octets);
      if (element.tag().equals(suite.signatureTag()) && change.equals("twice")) {
        body = body.concat(octets);
      }
    }
    if (change.equals("tail")) {
      body = body.concat(Octets.fromHex("00F000000000"));
    } else if (change.equals("both")) {
      CryptoSuite other = suite == CryptoSuite.SUITE_1 ? CryptoSuite.SUITE_2 : CryptoSuite.SUITE_1;
      body = new Element(other.certificateTag(), 0, 0, Octets.EMPTY).header().concat(body);
    }
    return signed.header().withBodyOf(body.length()).write().concat(body);
  }

  private static void assertFails(ZigBeeTrust trust, Octets file, VerificationStep step) {
    assertThat(Verifier.zigbeeSignature(trust).verify(file, NAME))
        .isInstanceOfSatisfying(
            Verification.Refused.class, refused -> assertThat(refused.step()).isEqualTo(step));
  }

  private static Octets signed(CryptoSuite suite) {
    OtaHeader header = OtaHeader.of(NAME).withHeaderString("signed sample");
    return (Octets) Samples.signed(suite, header, Octets.fromHex("00112233445566778899")).octets();
  }

  private static Verifier verifier(CryptoSuite suite) {
    return Verifier.zigbeeSignature(Samples.trust(suite));
  }

  private static Verifier publishedVerifier() {
    return Verifier.zigbeeSignature(
        ZigBeeTrust.nobody().withIssuer(TEST_CA_NAME, TEST_CA_1).withSigner(SIGNER));
  }

  private static Octets flipped(Octets octets, int bit) {
    byte[] array = octets.toByteArray();
    array[bit / 8] ^= (byte) (1 << bit % 8);
    return Octets.wrap(array);
  }
}
