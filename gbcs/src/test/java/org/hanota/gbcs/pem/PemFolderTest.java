// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.TestPki;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.ProviderPrivateKey;
import org.hanota.testing.SealedKeys;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFolderTest {
  private static final Eui64 ESME = Eui64.parse("00DB1234567890A0");
  private static final Credentials OWN = TestPki.ofSeed(4).device(ESME);
  private static final Credentials OTHER = TestPki.ofSeed(5).device(ESME);

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    PemFolder.write(folder, OWN, true);
    InMemoryKeyStore read = PemFolder.read(folder);
    assertThat(read.certificates()).containsExactly(OWN.digitalSignature(), OWN.keyAgreement());
    for (KeyUsage usage : KeyUsage.values()) {
      assertThat(read.privateKey(ESME, usage).orElseThrow().publicKey())
          .isEqualTo(read.certificate(ESME, usage).orElseThrow().publicKey());
    }
  }

  @Test
  void withoutSecretsThereAreCertificatesOnly() throws IOException {
    PemFolder.write(folder, OWN, false);
    assertThat(names()).containsExactly("00db1234567890a0-ds.pem", "00db1234567890a0-ka.pem");
    assertThat(PemFolder.read(folder).privateKey(ESME, KeyUsage.KEY_AGREEMENT)).isEmpty();
  }

  @Test
  void privateKeysAreForTheirOwnerAlone() throws IOException {
    if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Skipped.because("no owners on this file system");
    }
    PemFolder.write(folder, OWN, true);
    for (String name : List.of("00db1234567890a0-ds.key", "00db1234567890a0-ka.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aFileThatIsThereIsKeptAndNothingElseIsWritten() throws IOException {
    Path there = folder.resolve("00db1234567890a0-ka.key");
    Files.writeString(there, "mine");
    assertThatThrownBy(() -> PemFolder.write(folder, OWN, true))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("00db1234567890a0-ka.key");
    assertThat(names()).containsExactly("00db1234567890a0-ka.key");
    assertThat(Files.readString(there)).isEqualTo("mine");
  }

  @Test
  void aKeyThatStaysInATokenIsNotWrittenAndItsCertificateIs() throws IOException {
    SealedKeys provider = new SealedKeys();
    KeyPair pair = provider.generate();
    Credentials hidden =
        new Credentials(
            OWN.digitalSignature(),
            new ProviderPrivateKey(provider, pair.getPrivate(), pair.getPublic()),
            OWN.keyAgreement(),
            OWN.keyAgreementKey());
    assertThatThrownBy(() -> PemFolder.write(folder, hidden, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stays hidden");
    assertThat(names()).isEmpty();
    PemFolder.write(folder, hidden, false);
    assertThat(PemFolder.read(folder).certificates()).hasSize(2);
  }

  @Test
  void aFileThatHoldsSomethingElseThanItsNameSaysIsNamed() throws IOException {
    Path file = folder.resolve("00db1234567890a0-ds.pem");
    Files.writeString(file, OWN.keyAgreement().pem());
    assertRefused("00db1234567890a0-ds.pem");
    Files.writeString(file, "-----BEGIN CERTIFICATE-----END CERTIFICATE-----");
    assertRefused("00db1234567890a0-ds.pem");
    Files.writeString(file, OWN.digitalSignature().pem());
    Path key = folder.resolve("00db1234567890a0-ds.key");
    Files.writeString(key, KeyPem.text((P256PrivateKey) OTHER.digitalSignatureKey()));
    assertRefused("00db1234567890a0-ds.key");
    Files.writeString(key, KeyPem.text((P256PrivateKey) OWN.digitalSignatureKey()));
    assertThat(PemFolder.read(folder).certificates()).hasSize(1);
  }

  private void assertRefused(String name) {
    assertThatThrownBy(() -> PemFolder.read(folder))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(name);
  }

  @Test
  void filesForOtherPurposesAreLeftAlone() throws IOException {
    PemFolder.write(folder, OWN, false);
    Files.writeString(folder.resolve("00db1234567890a0-pp-ka.pem"), "no certificate");
    Files.writeString(folder.resolve("README"), "no certificate");
    assertThat(PemFolder.read(folder).certificates()).hasSize(2);
  }
}
