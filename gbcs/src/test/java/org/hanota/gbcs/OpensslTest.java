// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256Signature;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that others wrote believes what we sign and certify. */
class OpensslTest {
  private final Home home = Home.ofSeed(5);
  @TempDir Path folder;

  @BeforeEach
  void needsOpenssl() {
    try {
      run("version");
    } catch (IOException e) {
      Skipped.because("no openssl: " + e.getMessage());
    }
  }

  @Test
  void opensslVerifiesOurCs06OverItsSignedRange() throws IOException {
    Message command = home.activateNow(Home.sha256(Octets.EMPTY), 1000);
    Octets sent = command.octets();
    // The range by hand: behind 14 octets of MAC header and the DF, up to the signature's length.
    Octets signed = sent.slice(15, sent.length() - 15 - 65 - 12);
    assertThat(signed).isEqualTo(command.signedOctets());
    assertThat(verify(signed, command.signature().orElseThrow())).contains("Verified OK");
    Octets changed = ChangedBitTest.flip(signed, 77);
    assertThat(verify(changed, command.signature().orElseThrow()))
        .containsIgnoringCase("verification fail");
  }

  @Test
  void opensslReadsOurCertificatesAndKeys() throws IOException {
    Path certificate = folder.resolve("device.pem");
    Files.writeString(certificate, home.esme().keyAgreement().pem());
    assertThat(run("x509", "-in", certificate.toString(), "-noout", "-text"))
        .contains("ecdsa-with-SHA256", "Key Agreement", "1.3.6.1.5.5.7.8.4", "prime256v1");
    Path organisation = folder.resolve("supplier.pem");
    Files.writeString(organisation, home.supplier().digitalSignature().pem());
    assertThat(run("x509", "-in", organisation.toString(), "-noout", "-subject"))
        .contains("OU = 02", "90B3D51F30010000");
    Path key = folder.resolve("supplier.key");
    Files.writeString(key, KeyPem.text((P256PrivateKey) home.supplier().digitalSignatureKey()));
    assertThat(run("pkey", "-in", key.toString(), "-noout", "-check")).contains("Key is valid");
  }

  @Test
  void aPrivateKeyThatOpensslEncryptedIsOpenedByItsPassPhraseOnly() throws IOException {
    PemFolder.write(folder, home.supplier(), true);
    Path key = folder.resolve("90b3d51f30010000-ds.key");
    String plain = key.toString();
    String encrypted = folder.resolve("encrypted").toString();
    run("pkcs8", "-topk8", "-in", plain, "-out", encrypted, "-passout", "pass:open sesame");
    Files.move(Path.of(encrypted), key, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Files.readString(key)).contains("BEGIN ENCRYPTED PRIVATE KEY");
    assertThat(
            PemFolder.read(folder, "open sesame")
                .privateKey(Reference.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE)
                .orElseThrow()
                .publicKey())
        .isEqualTo(home.supplier().digitalSignature().publicKey());
    assertThatThrownBy(() -> PemFolder.read(folder, "open barley"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("the pass phrase does not open");
    assertThatThrownBy(() -> PemFolder.read(folder)).isInstanceOf(FormatException.class);
  }

  private String verify(Octets signed, Octets signature) throws IOException {
    Path certificate = folder.resolve("signer.pem");
    Files.writeString(certificate, home.supplier().digitalSignature().pem());
    Path key = folder.resolve("signer.pub");
    Files.writeString(key, run("x509", "-in", certificate.toString(), "-noout", "-pubkey"));
    Path data = folder.resolve("signed");
    Files.write(data, signed.toByteArray());
    Path der = folder.resolve("signature.der");
    Files.write(der, new P256Signature(signature).der().toByteArray());
    return run(
        "dgst",
        "-sha256",
        "-verify",
        key.toString(),
        "-signature",
        der.toString(),
        data.toString());
  }

  private static String run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
