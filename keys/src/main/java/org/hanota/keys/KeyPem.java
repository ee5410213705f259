// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;

/**
 * P-256 keys as PEM texts: private keys in PKCS#8, encrypted or not, and as OpenSSL's {@code ec}
 * writes them (SEC 1); public keys as SubjectPublicKeyInfo.
 */
public final class KeyPem {
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
  private static final String EC_PRIVATE_KEY = "EC PRIVATE KEY";
  private static final String PUBLIC_KEY = "PUBLIC KEY";
  private static final Octets CURVE = Der.oid(1, 2, 840, 10045, 3, 1, 7);

  /** id-ecPublicKey on secp256r1. [RFC 5480, 2.1.1] */
  private static final Octets ALGORITHM = Der.sequence(Der.oid(1, 2, 840, 10045, 2, 1), CURVE);

  /** The curve's name in an ECPrivateKey of this curve, and what stands before it. [RFC 5915, 3] */
  private static final Octets SEC1_CURVE = Der.element(0xA0, CURVE);

  private static final int SEC1_CURVE_OFFSET = 2 + 3 + 2 + P256.WIDTH;

  private KeyPem() {}

  /** Whether the private key in {@code text} needs a pass phrase. */
  public static boolean isEncrypted(String text) {
    return Pem.has(text, ENCRYPTED_PRIVATE_KEY);
  }

  /**
   * Reads a private key.
   *
   * @param passPhrase opens it where it is encrypted
   * @throws FormatException if {@code text} holds none for P-256, or {@code passPhrase} does not
   *     open it; never shows what the key is
   */
  public static P256PrivateKey privateKey(String text, Optional<String> passPhrase) {
    if (isEncrypted(text)) {
      Octets encrypted = Pem.block(text, ENCRYPTED_PRIVATE_KEY);
      return pkcs8(
          decrypted(
              encrypted,
              passPhrase.orElseThrow(
                  () ->
                      new FormatException(
                          "encrypted private key", 0, "no pass phrase", "the one that opens it"))));
    }
    if (Pem.has(text, EC_PRIVATE_KEY)) {
      return sec1(Pem.block(text, EC_PRIVATE_KEY));
    }
    return pkcs8(Pem.block(text, PRIVATE_KEY));
  }

  /**
   * Reads a public key.
   *
   * @throws FormatException if {@code text} holds none for P-256
   */
  public static P256PublicKey publicKey(String text) {
    Octets der = Pem.block(text, PUBLIC_KEY);
    // The JDK reads no compressed points. DER has one form, so the point's length fixes the rest.
    for (int length : new int[] {P256PublicKey.LENGTH, P256PublicKey.COMPRESSED_LENGTH}) {
      if (der.length() > length) {
        Octets point = der.from(der.length() - length);
        if (der.equals(publicKeyInfo(point))) {
          return P256PublicKey.parse(point);
        }
      }
    }
    throw noPublicKey();
  }

  /**
   * The public key that Java's security API has read.
   *
   * @throws FormatException if it is none for P-256
   */
  public static P256PublicKey publicKey(Key key) {
    if (!(key instanceof ECPublicKey ec) || !isP256(ec)) {
      throw noPublicKey();
    }
    return P256PublicKey.parse(
        Scalars.fixed(ec.getW().getAffineX(), P256.WIDTH)
            .concat(Scalars.fixed(ec.getW().getAffineY(), P256.WIDTH)));
  }

  /** A private key in PKCS#8, not encrypted. */
  public static String text(P256PrivateKey key) {
    Octets point = Der.element(0xA1, Der.bitString(0, key.publicKey().octets()));
    Octets sec1 = Der.sequence(Der.integer(1), Der.octetString(key.secretOctets()), point);
    return Pem.text(PRIVATE_KEY, Der.sequence(Der.integer(0), ALGORITHM, Der.octetString(sec1)));
  }

  /** A public key. */
  public static String text(P256PublicKey key) {
    return Pem.text(PUBLIC_KEY, der(key));
  }

  /** A public key as certificates carry it, SubjectPublicKeyInfo. */
  public static Octets der(P256PublicKey key) {
    return publicKeyInfo(key.octets());
  }

  private static Octets publicKeyInfo(Octets point) {
    return Der.sequence(ALGORITHM, Der.bitString(0, point));
  }

  private static P256PrivateKey sec1(Octets sec1) {
    int end = SEC1_CURVE_OFFSET + SEC1_CURVE.length();
    if (sec1.length() < end
        || !sec1.slice(SEC1_CURVE_OFFSET, SEC1_CURVE.length()).equals(SEC1_CURVE)) {
      throw noPrivateKey();
    }
    return pkcs8(Der.sequence(Der.integer(0), ALGORITHM, Der.octetString(sec1)));
  }

  private static P256PrivateKey pkcs8(Octets der) {
    try {
      Key key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der.toByteArray()));
      if (key instanceof ECPrivateKey ec
          && isP256(ec)
          && ec.getS().bitLength() <= P256.WIDTH * Byte.SIZE) {
        return P256PrivateKey.parse(Scalars.fixed(ec.getS(), P256.WIDTH));
      }
    } catch (GeneralSecurityException e) {
      // What the JDK says may show octets of the key.
      throw noPrivateKey();
    }
    throw noPrivateKey();
  }

  private static Octets decrypted(Octets encrypted, String passPhrase) {
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

  private static boolean isP256(ECKey key) {
    return key.getParams().getOrder().equals(P256.DOMAIN.getN());
  }

  private static FormatException noPrivateKey() {
    return new FormatException(
        "private key", 0, "none for P-256", "a key of the curve P-256, PKCS#8 or SEC 1");
  }

  private static FormatException noPublicKey() {
    return new FormatException("public key", 0, "none for P-256", "a key of the curve P-256");
  }
}
