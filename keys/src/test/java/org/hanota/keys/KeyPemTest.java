// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyPemTest {
  private static final P256PrivateKey KEY = P256PrivateKey.fromSeed(Octets.fromHex("01"));

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() {
    assertThat(KeyPem.privateKey(KeyPem.text(KEY), Optional.empty()).secretOctets())
        .isEqualTo(KEY.secretOctets());
    assertThat(KeyPem.publicKey(KeyPem.text(KEY.publicKey()))).isEqualTo(KEY.publicKey());
  }

  @Test
  void blocksThatOverlapAreHalfOrAreTurnedRoundAreNone() {
    for (String label :
        List.of("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY", "PUBLIC KEY")) {
      String begin = "-----BEGIN " + label + "-----";
      String end = "-----END " + label + "-----";
      for (String text : List.of(begin + end.substring(5), begin, end + "\n" + begin, "")) {
        assertThatThrownBy(() -> KeyPem.privateKey(text, Optional.of("x")))
            .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> KeyPem.publicKey(text)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> Pem.block(text, label))
            .isInstanceOf(FormatException.class)
            .hasMessageContaining("no block " + label);
      }
    }
  }

  @Test
  void garbageAndKeysOfOtherCurvesAreRefusedWithoutBeingShown() throws GeneralSecurityException {
    for (String label : List.of("PRIVATE KEY", "EC PRIVATE KEY", "PUBLIC KEY")) {
      for (Octets garbage :
          List.of(Octets.EMPTY, Octets.fromHex("3003020100"), Octets.fromHex("ff".repeat(138)))) {
        String text = Pem.text(label, garbage);
        assertThatThrownBy(() -> KeyPem.privateKey(text, Optional.empty()))
            .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> KeyPem.publicKey(text)).isInstanceOf(FormatException.class);
      }
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    byte[] other = generator.generateKeyPair().getPrivate().getEncoded();
    assertThatThrownBy(
            () -> KeyPem.privateKey(Pem.text("PRIVATE KEY", Octets.wrap(other)), Optional.empty()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("the curve P-256");
    String wrong = "-----BEGIN PRIVATE KEY-----\nMIGH!AgE\n-----END PRIVATE KEY-----";
    assertThatThrownBy(() -> KeyPem.privateKey(wrong, Optional.empty()))
        .isInstanceOf(FormatException.class)
        .hasMessageNotContaining("!");
  }

  @Test
  void keysThatOpensslWritesAreRead() throws Exception {
    Openssl openssl = Openssl.require(folder);
    openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-out", "sec1.pem");
    openssl.run("ec", "-in", "sec1.pem", "-pubout", "-conv_form", "compressed", "-out", "pub.pem");
    openssl.run("pkcs8", "-topk8", "-nocrypt", "-in", "sec1.pem", "-out", "plain.pem");
    openssl.run(
        "pkcs8", "-topk8", "-in", "sec1.pem", "-passout", "pass:sesame", "-out", "hidden.pem");
    P256PrivateKey key = KeyPem.privateKey(openssl.text("sec1.pem"), Optional.empty());
    assertThat(key.publicKey()).isEqualTo(KeyPem.publicKey(openssl.text("pub.pem")));
    assertThat(KeyPem.privateKey(openssl.text("plain.pem"), Optional.empty()).publicKey())
        .isEqualTo(key.publicKey());
    String hidden = openssl.text("hidden.pem");
    assertThat(KeyPem.isEncrypted(hidden)).isTrue();
    assertThat(KeyPem.privateKey(hidden, Optional.of("sesame")).publicKey())
        .isEqualTo(key.publicKey());
    assertThatThrownBy(() -> KeyPem.privateKey(hidden, Optional.of("barley")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("the pass phrase does not open");
    assertThatThrownBy(() -> KeyPem.privateKey(hidden, Optional.empty()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no pass phrase");
    openssl.run("ecparam", "-name", "secp256k1", "-genkey", "-out", "other.pem");
    assertThatThrownBy(() -> KeyPem.privateKey(openssl.text("other.pem"), Optional.empty()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("the curve P-256");
  }
}
