// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.file.SavedText;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.Pem;

/**
 * P-256 keys in PEM: private keys in PKCS#8, also encrypted, or SEC 1; public keys or X.509
 * certificates.
 */
public final class PemFile {
  /** No key or certificate is longer; whatever is, is something else. */
  private static final int OCTETS_MAX = 1 << 16;

  private static final String CERTIFICATE = "CERTIFICATE";

  private PemFile() {}

  /** A public key, from a key or a certificate. */
  public static P256PublicKey publicKey(Path file) throws IOException {
    String pem = text(file);
    try {
      if (Pem.has(pem, CERTIFICATE)) {
        byte[] der = Pem.block(pem, CERTIFICATE).toByteArray();
        return KeyPem.publicKey(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der))
                .getPublicKey());
      }
      return KeyPem.publicKey(pem);
    } catch (CertificateException e) {
      throw new IOException(file + ": holds no certificate in PEM that can be read", e);
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
  }

  /** A private key; {@code passFile} opens an encrypted one. */
  public static P256PrivateKey privateKey(Path file, Optional<Path> passFile) throws IOException {
    String pem = text(file);
    try {
      return KeyPem.privateKey(
          pem,
          KeyPem.isEncrypted(pem) ? Optional.of(passPhrase(file, passFile)) : Optional.empty());
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
  }

  private static String passPhrase(Path file, Optional<Path> passFile) throws IOException {
    if (passFile.isEmpty()) {
      throw new IOException(file + ": is encrypted; name the pass phrase's file with --pass-file");
    }
    return passPhrase(passFile.get());
  }

  /** The first line of a file, as OpenSSL takes it. */
  public static String passPhrase(Path file) throws IOException {
    return text(file).lines().findFirst().orElse("");
  }

  /** What a file of keys says. */
  public static String text(Path file) throws IOException {
    if (Files.size(file) > OCTETS_MAX) {
      throw new IOException(file + ": " + Files.size(file) + " octets are too many for a key");
    }
    return SavedText.read(file, OCTETS_MAX);
  }
}
