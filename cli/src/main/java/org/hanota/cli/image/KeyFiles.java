// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.OutputFile;
import org.hanota.otaformat.P256PrivateKey;
import org.hanota.otaformat.P256PublicKey;

/**
 * Reads and writes keys: P-256 as PEM (PKCS#8, also encrypted; public key or X.509 certificate),
 * suites 1 and 2 as JSON, since no tool reads those in PEM.
 */
final class KeyFiles {
  static final ObjectMapper JSON = new ObjectMapper();

  /** No key or certificate is longer; whatever is, is something else. */
  private static final long FILE_MAX = 1 << 16;

  private static final int NUMBER_LENGTH = 32;

  private KeyFiles() {}

  /** A P-256 public key, from a key or a certificate. */
  static P256PublicKey p256Public(Path file) throws IOException {
    String pem = text(file);
    try {
      if (pem.contains("BEGIN CERTIFICATE")) {
        return point(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .getPublicKey());
      }
      return point(
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(der(file, pem, "PUBLIC KEY"))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + ": holds no P-256 public key or certificate in PEM", e);
    }
  }

  /** A P-256 private key; {@code passFile} opens an encrypted one. */
  static P256PrivateKey p256Private(Path file, Optional<Path> passFile) throws IOException {
    String pem = text(file);
    try {
      PKCS8EncodedKeySpec spec =
          pem.contains("BEGIN ENCRYPTED PRIVATE KEY")
              ? decrypted(der(file, pem, "ENCRYPTED PRIVATE KEY"), passPhrase(file, passFile))
              : new PKCS8EncodedKeySpec(der(file, pem, "PRIVATE KEY"));
      Key key = KeyFactory.getInstance("EC").generatePrivate(spec);
      return P256PrivateKey.of(fixed(((ECPrivateKey) key).getS()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(
          file + ": holds no P-256 private key in PEM (PKCS#8), or the pass phrase is wrong", e);
    }
  }

  private static char[] passPhrase(Path file, Optional<Path> passFile) throws IOException {
    if (passFile.isEmpty()) {
      throw new IOException(file + ": is encrypted; name the pass phrase's file with --pass-file");
    }
    return text(passFile.get()).strip().toCharArray();
  }

  private static PKCS8EncodedKeySpec decrypted(byte[] der, char[] pass)
      throws GeneralSecurityException, IOException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
    String algorithm = info.getAlgParameters().toString(); // names the scheme inside PBES2
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(pass)),
        info.getAlgParameters());
    return info.getKeySpec(cipher);
  }

  /** Suites 1 and 2: the JSON that {@code keygen} writes. */
  static JsonNode suiteKey(Path file) throws IOException {
    try {
      JsonNode key = JSON.readTree(text(file));
      if (key != null && key.path("suite").isInt()) {
        return key;
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException(file + ": is no JSON; keygen --suite 1 or 2 writes such keys", e);
    }
    throw new IOException(file + ": has no \"suite\"; keygen --suite 1 or 2 writes such keys");
  }

  static Octets hex(Path file, JsonNode key, String field) throws IOException {
    if (!key.path(field).isTextual()) {
      throw new IOException(file + ": has no \"" + field + "\"");
    }
    try {
      return Octets.fromHex(key.get(field).asText());
    } catch (FormatException e) {
      throw new IOException(file + ": " + field + ": " + withoutContent(e), e);
    }
  }

  static Eui64 eui64(Path file, JsonNode key) throws IOException {
    try {
      return Eui64.parse(key.path("eui64").asText());
    } catch (FormatException e) {
      throw new IOException(file + ": eui64: " + e.getMessage(), e);
    }
  }

  /** The complaint without what was found, which is part of a key. */
  private static String withoutContent(FormatException fault) {
    return "wrong at digit " + fault.offset() + ", allowed " + fault.allowed();
  }

  /** Whether a file holds PEM; the others hold JSON. */
  static boolean isPem(Path file) throws IOException {
    return text(file).contains("-----BEGIN ");
  }

  static void writePem(Path file, String type, byte[] der) throws IOException {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    write(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, base64, type),
        type.endsWith("PRIVATE KEY"));
  }

  static void writeJson(Path file, ObjectNode key, boolean isSecret) throws IOException {
    write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(key) + "\n", isSecret);
  }

  /** Secret files are made for their owner alone, where the file system knows owners. */
  private static void write(Path file, String text, boolean isSecret) throws IOException {
    try (OutputFile out = isSecret ? OutputFile.createSecret(file) : OutputFile.create(file)) {
      out.stream().write(text.getBytes(StandardCharsets.UTF_8));
      out.commit();
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > FILE_MAX) {
      throw new IOException(file + ": " + Files.size(file) + " octets are too many for a key");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static byte[] der(Path file, String pem, String type) throws IOException {
    int start = pem.indexOf("-----BEGIN " + type + "-----");
    int end = pem.indexOf("-----END " + type + "-----");
    if (start < 0 || end < start) {
      throw new IOException(file + ": has no \"BEGIN " + type + "\"");
    }
    return Base64.getMimeDecoder()
        .decode(pem.substring(start + ("-----BEGIN " + type + "-----").length(), end));
  }

  private static P256PublicKey point(Key key) throws GeneralSecurityException {
    if (!(key instanceof ECPublicKey ec)) {
      throw new GeneralSecurityException("no key of an elliptic curve");
    }
    return P256PublicKey.of(fixed(ec.getW().getAffineX()).concat(fixed(ec.getW().getAffineY())));
  }

  private static Octets fixed(BigInteger number) {
    byte[] octets = number.toByteArray();
    byte[] fixed = new byte[NUMBER_LENGTH];
    int count = Math.min(octets.length, NUMBER_LENGTH);
    System.arraycopy(octets, octets.length - count, fixed, NUMBER_LENGTH - count, count);
    return Octets.wrap(fixed);
  }
}
