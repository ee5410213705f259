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
import org.hanota.api.file.SavedText;
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

  /** The command is run as the message says it, and what it makes is read. */
  @Test
  void aKeyInDerIsToldWithTheCommandThatConvertsIt() throws Exception {
    Openssl openssl = Openssl.require(folder);
    openssl.run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem");
    openssl.run(
        "pkcs8", "-topk8", "-nocrypt", "-in", "key.pem", "-outform", "DER", "-out", "pkcs8");
    openssl.run("ec", "-in", "key.pem", "-outform", "DER", "-out", "sec1");
    openssl.run("ec", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "public");
    openssl.run(
        "req",
        "-x509",
        "-key",
        "key.pem",
        "-subj",
        "/CN=x",
        "-outform",
        "DER",
        "-out",
        "certificate");
    openssl.run(
        "pkcs8",
        "-topk8",
        "-in",
        "key.pem",
        "-passout",
        "pass:sesame",
        "-outform",
        "DER",
        "-out",
        "hidden");
    P256PublicKey key = KeyPem.privateKey(openssl.text("key.pem"), Optional.empty()).publicKey();
    for (String file : List.of("pkcs8", "sec1", "public", "certificate")) {
      assertThat(KeyPem.publicKey(converted(openssl, file, "PUBLIC KEY"))).as(file).isEqualTo(key);
    }
    for (String file : List.of("pkcs8", "sec1")) {
      assertThat(
              KeyPem.privateKey(converted(openssl, file, "PRIVATE KEY"), Optional.empty())
                  .publicKey())
          .as(file)
          .isEqualTo(key);
    }
    assertThat(Pem.has(converted(openssl, "certificate", "CERTIFICATE"), "CERTIFICATE")).isTrue();
    assertThat(refusal("hidden", "PRIVATE KEY"))
        .contains("DER of an encrypted private key")
        .contains("openssl pkey -inform DER -in FILE");
    // Nothing makes a private key of these.
    assertThat(refusal("public", "PRIVATE KEY"))
        .contains("DER of a public key")
        .doesNotContain("openssl");
    assertThat(refusal("certificate", "PRIVATE KEY"))
        .contains("DER of a certificate")
        .doesNotContain("openssl");
    assertThat(refusal("pkcs8", "CERTIFICATE"))
        .contains("DER of a private key")
        .doesNotContain("openssl");
  }

  private String converted(Openssl openssl, String file, String label) throws Exception {
    String refusal = refusal(file, label);
    assertThat(refusal).contains("; openssl ");
    String command =
        refusal.substring(
            refusal.indexOf("; openssl ") + "; openssl ".length(), refusal.indexOf(" converts it"));
    openssl.run(command.replace("FILE", file).split(" "));
    return openssl.text(file + ".pem");
  }

  private String refusal(String file, String label) throws Exception {
    String text = SavedText.read(folder.resolve(file), 1 << 16);
    return String.valueOf(
        assertThatThrownBy(() -> Pem.block(text, label))
            .isInstanceOf(FormatException.class)
            .actual()
            .getMessage());
  }
}
