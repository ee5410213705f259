// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * An implicit certificate (ECQV): who the subject is, who vouches for it, and a point from which,
 * with the issuer's public key, the subject's public key follows.
 *
 * <p>Suite 1: point(22) subject(8) issuer(8) attributes(10). Suite 2: type(1) serial(8) curve(1)
 * hash(1) issuer(8) valid from(5) valid to(4) subject(8) key usage(1) point(37). EUI-64s are
 * big-endian here.
 *
 * @param suite which form it has
 * @param octets all of it
 */
public record ImplicitCertificate(CryptoSuite suite, Octets octets) {
  private static final int POINT_1 = 0;
  private static final int SUBJECT_1 = 22;
  private static final int ISSUER_1 = 30;
  private static final int CURVE_2 = 9;
  private static final int HASH_2 = 10;
  private static final int ISSUER_2 = 11;
  private static final int SUBJECT_2 = 28;
  private static final int POINT_2 = 37;
  private static final int TYPE = 0;
  private static final int SECT283K1 = 0x0D;
  private static final int AES_MMO = 0x08;
  private static final int DIGITAL_SIGNATURE_AND_KEY_AGREEMENT = 0x88;

  /**
   * Checks the form; whether the point lies on the curve shows when a key is made of it.
   *
   * @throws FormatException if the length is wrong, or a suite 2 certificate is of another type,
   *     curve or hash
   */
  public ImplicitCertificate {
    if (octets.length() != suite.certificateLength()) {
      throw new FormatException(
          "certificate",
          0,
          octets.length() + " octets",
          Integer.toString(suite.certificateLength()));
    }
    if (suite == CryptoSuite.SUITE_2) {
      demand(octets, "certificate type", 0, TYPE);
      demand(octets, "certificate curve", CURVE_2, SECT283K1);
      demand(octets, "certificate hash", HASH_2, AES_MMO);
    }
  }

  /** A certificate whose further fields hold what the test authority puts there. */
  static ImplicitCertificate of(
      CryptoSuite suite, Eui64 subject, Eui64 issuer, long serial, Octets point) {
    OctetWriter out = new OctetWriter(suite.certificateLength());
    if (suite == CryptoSuite.SUITE_1) {
      out.octets(point).int64be(subject.value()).int64be(issuer.value());
      out.uint16be(0x0109).int64be(serial);
    } else {
      out.uint8(TYPE).int64be(serial).uint8(SECT283K1).uint8(AES_MMO).int64be(issuer.value());
      out.uint8(0).uint32be(0).uint32be(0xFFFF_FFFFL); // valid from the epoch, without end
      out.int64be(subject.value()).uint8(DIGITAL_SIGNATURE_AND_KEY_AGREEMENT).octets(point);
    }
    return new ImplicitCertificate(suite, out.view());
  }

  /** Whose key it is. */
  public Eui64 subject() {
    return new Eui64(octets.int64be(suite == CryptoSuite.SUITE_1 ? SUBJECT_1 : SUBJECT_2));
  }

  /** Who vouches for it. */
  public Eui64 issuer() {
    return new Eui64(octets.int64be(suite == CryptoSuite.SUITE_1 ? ISSUER_1 : ISSUER_2));
  }

  /** The public key reconstruction point, compressed. */
  public Octets reconstructionPoint() {
    return octets.slice(suite == CryptoSuite.SUITE_1 ? POINT_1 : POINT_2, suite.pointLength());
  }

  /**
   * The subject's public key: hash of the certificate times its point, plus the issuer's key.
   *
   * @throws FormatException if the point is not on the curve or the key would be none
   */
  public SuitePublicKey publicKey(SuitePublicKey issuerKey) {
    if (issuerKey.suite() != suite) {
      throw new IllegalArgumentException("issuerKey is of another suite");
    }
    try {
      ECPoint point = SuitePublicKey.decode(suite, reconstructionPoint());
      return SuitePublicKey.of(suite, point.multiply(hash()).add(issuerKey.point()));
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          "certificate reconstruction point",
          suite == CryptoSuite.SUITE_1 ? POINT_1 : POINT_2,
          reconstructionPoint().toHex(),
          "a point of " + suite.curve() + " that gives a key");
    }
  }

  /** The hash as a number. */
  BigInteger hash() {
    return new BigInteger(1, AesMmo.of(octets).toByteArray());
  }

  private static void demand(Octets octets, String field, int offset, int allowed) {
    if (octets.at(offset) != allowed) {
      throw new FormatException(
          field, offset, Integer.toString(octets.at(offset)), Integer.toString(allowed));
    }
  }
}
