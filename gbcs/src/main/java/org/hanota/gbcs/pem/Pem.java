// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.pem;

import java.util.Base64;
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
    FieldReader in = FieldReader.of(block(text, PRIVATE_KEY));
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
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf(end, Math.max(from, 0));
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

  private static String text(String label, Octets octets) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(octets.toByteArray())
        + "\n-----END "
        + label
        + "-----\n";
  }
}
