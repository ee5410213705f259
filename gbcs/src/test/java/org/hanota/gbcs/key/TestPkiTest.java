// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.keys.Der;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPkiTest {
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private final TestPki pki = TestPki.ofSeed(1);

  @TempDir Path folder;

  @Test
  void aDevicesCertificateGivesItNoRole() {
    Octets named =
        Der.sequence(
            TestPki.attribute(
                Oid.ORGANISATIONAL_UNIT,
                Oid.UTF8_STRING,
                TestPki.text(Width.hex(RemotePartyRole.SUPPLIER.code(), 2))));
    assertThat(pki.device(DEVICE).digitalSignature().role()).isEmpty();
    assertThatThrownBy(() -> pki.device(DEVICE, named))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("an empty subject for a device");
  }

  @Test
  void theSameSeedGivesTheSameOctetsAndAnotherSeedOthers() {
    Octets message = Octets.fromHex("010203");
    Credentials once = pki.device(DEVICE);
    Credentials again = TestPki.ofSeed(1).device(DEVICE);
    assertThat(again.keyAgreement()).isEqualTo(once.keyAgreement());
    assertThat(again.digitalSignatureKey().sign(message))
        .isEqualTo(once.digitalSignatureKey().sign(message));
    assertThat(TestPki.ofSeed(2).device(DEVICE).keyAgreement()).isNotEqualTo(once.keyAgreement());
  }

  @Test
  void aDeviceAndAnOrganisationAreToldApartByTheirCertificates() {
    Certificate device = pki.device(DEVICE).keyAgreement();
    assertThat(device.subject()).isEqualTo(DEVICE);
    assertThat(device.role()).isEmpty();
    assertThat(device.usage()).isEqualTo(KeyUsage.KEY_AGREEMENT);
    Certificate supplier = pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER).digitalSignature();
    assertThat(supplier.subject()).isEqualTo(SUPPLIER);
    assertThat(supplier.role()).contains(RemotePartyRole.SUPPLIER);
    assertThat(supplier.usage()).isEqualTo(KeyUsage.DIGITAL_SIGNATURE);
  }

  @Test
  void theJdkReadsTheCertificatesAndVerifiesThemWithTheirIssuers() throws GeneralSecurityException {
    x509(pki.device(DEVICE).keyAgreement()).verify(jdk(pki.deviceIssuer()));
    x509(pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER).digitalSignature())
        .verify(jdk(pki.organisationIssuer()));
    assertThatThrownBy(
            () -> x509(pki.device(DEVICE).keyAgreement()).verify(jdk(pki.organisationIssuer())))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void bothEndsAgreeOnTheSameSecret() {
    Credentials device = pki.device(DEVICE);
    Credentials supplier = pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER);
    assertThat(device.keyAgreementKey().agree(supplier.keyAgreement().publicKey()))
        .isEqualTo(supplier.keyAgreementKey().agree(device.keyAgreement().publicKey()));
  }

  @Test
  void aFolderHoldsWhatWasWrittenToIt() throws IOException {
    PemFolder.write(folder, pki.device(DEVICE), true);
    PemFolder.write(folder, pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER), false);
    Files.writeString(folder.resolve("notes.txt"), "left alone");
    KeyStore keys = PemFolder.read(folder);
    assertThat(keys.privateKey(DEVICE, KeyUsage.KEY_AGREEMENT)).isPresent();
    assertThat(keys.privateKey(SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)).isEmpty();
    assertThat(keys.certificate(SUPPLIER, KeyUsage.DIGITAL_SIGNATURE))
        .contains(pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER).digitalSignature());
  }

  @Test
  void aFileThatHoldsAnothersCertificateIsRefusedByItsName() throws IOException {
    Files.writeString(
        folder.resolve("90b3d51f30010000-ds.pem"), pki.device(DEVICE).digitalSignature().pem());
    assertThatThrownBy(() -> PemFolder.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("90b3d51f30010000-ds.pem")
        .hasMessageContaining("00DB1234567890A0");
  }

  @Test
  void aPrivateKeyIsNotShownAsText() {
    P256PrivateKey key = P256PrivateKey.parse(Octets.fromHex("11".repeat(32)));
    assertThat(key.toString()).doesNotContain("1111");
    assertThatThrownBy(() -> P256PrivateKey.parse(Octets.fromHex("ff".repeat(32))))
        .isInstanceOf(FormatException.class)
        .hasMessageNotContaining("ffff");
  }

  @Test
  void aPointThatIsNotOnTheCurveIsRefused() {
    byte[] point = pki.deviceIssuer().octets().toByteArray();
    point[64] ^= 1;
    assertThatThrownBy(() -> P256PublicKey.parse(Octets.wrap(point)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("a point on P-256");
  }

  private static X509Certificate x509(Certificate certificate) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate.encoded().toByteArray()));
  }

  private static java.security.PublicKey jdk(P256PublicKey key) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(KeyPem.der(key).toByteArray()));
  }
}
