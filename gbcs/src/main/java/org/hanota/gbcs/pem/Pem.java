// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.pem;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.Der;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.P256PrivateKey;

/** Certificates and private keys as PEM texts. */
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
  private static final int LINE_LENGTH = 64; // RFC 7468, 2
  private static final String EC_P256 = "06072a8648ce3d020106082a8648ce3d030107";

  private Pem() {}

  /**
   * Reads a certificate.
   *
   * @throws FormatException if {@code text} holds none, or one of another form
   */
  public static Certificate certificate(String text) {
    return Certificate.parse(block(text, CERTIFICATE));
  }

  /**
   * Reads an unencrypted PKCS#8 private key.
   *
   * @throws FormatException if {@code text} holds none, or one that is not for P-256
   */
  public static P256PrivateKey privateKey(String text) {
    return read(block(text, PRIVATE_KEY));
  }

  /**
   * Reads a PKCS#8 private key, encrypted or not.
   *
   * @throws FormatException as the other does, and if {@code passPhrase} does not open the key
   */
  public static P256PrivateKey privateKey(String text, String passPhrase) {
    return text.contains(begin(ENCRYPTED_PRIVATE_KEY))
        ? read(decrypt(block(text, ENCRYPTED_PRIVATE_KEY), passPhrase))
        : privateKey(text);
  }

  private static Octets decrypt(Octets encrypted, String passPhrase) {
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted.toByteArray());
      // For PBES2 the name of the scheme is "PBES2" only; the parameters name what it is made of.
      String scheme = info.getAlgParameters().toString();
      SecretKey key =
          SecretKeyFactory.getInstance(scheme)
              .generateSecret(new PBEKeySpec(passPhrase.toCharArray()));
      Cipher cipher = Cipher.getInstance(scheme);
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      return Octets.wrap(info.getKeySpec(cipher).getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new FormatException(
          "encrypted private key", 0, "one that the pass phrase does not open", "PKCS#8, PBES2");
    }
  }

  private static P256PrivateKey read(Octets encoded) {
    FieldReader in = FieldReader.of(encoded);
    FieldReader info = in.sequence("PrivateKeyInfo");
    in.end("PrivateKeyInfo");
    info.constant("version", "020100");
    FieldReader algorithm = info.sequence("privateKeyAlgorithm");
    algorithm.constant("P-256 key", EC_P256);
    algorithm.end("privateKeyAlgorithm");
    FieldReader key = info.constructed("privateKey", Der.OCTET_STRING).sequence("ECPrivateKey");
    key.constant("version", "020101");
    return P256PrivateKey.parse(key.octetString("privateKey", 32));
  }

  /** Writes a certificate. */
  public static String write(Certificate certificate) {
    return text(CERTIFICATE, certificate.encoded());
  }

  /** Writes a private key, unencrypted PKCS#8. */
  public static String write(P256PrivateKey key) {
    Octets bits = Der.element(0x03, Octets.fromHex("00"), key.publicKey().octets());
    Octets inner =
        Der.sequence(Der.integer(1), Der.octetString(key.scalar()), Der.element(0xA1, bits));
    return text(
        PRIVATE_KEY,
        Der.sequence(
            Der.integer(0), Der.sequence(Octets.fromHex(EC_P256)), Der.octetString(inner)));
  }

  private static Octets block(String text, String label) {
    String begin = begin(label);
    String end = "-----END " + label + "-----";
    int from = text.indexOf(begin);
    // The dashes that end the one line may not begin the other.
    int to = from < 0 ? -1 : text.indexOf(end, from + begin.length());
    if (from < 0 || to < 0) {
      throw new FormatException("PEM", 0, "no block " + label, begin + " .. " + end);
    }
    String base64 = text.substring(from + begin.length(), to).replaceAll("[ \t\r\n]", "");
    try {
      return Octets.wrap(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new FormatException("PEM", from, "no base64: " + e.getMessage(), "base64");
    }
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String text(String label, Octets octets) {
    return begin(label)
        + "\n"
        + Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(octets.toByteArray())
        + "\n-----END "
        + label
        + "-----\n";
  }
}
