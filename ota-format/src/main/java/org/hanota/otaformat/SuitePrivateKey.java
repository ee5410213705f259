// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.hanota.api.Octets;
import org.hanota.keys.Scalars;

/** A private key of suite 1 or 2; signs deterministically (RFC 6979) and never shows itself. */
public final class SuitePrivateKey {
  private final CryptoSuite suite;
  private final BigInteger d;
  private final SuitePublicKey publicKey;

  SuitePrivateKey(CryptoSuite suite, BigInteger d) {
    if (d.signum() <= 0 || d.compareTo(suite.order()) >= 0) {
      throw new IllegalArgumentException(
          suite.curve() + " private key is not between 1 and the order of the curve");
    }
    this.suite = suite;
    this.d = d;
    this.publicKey = SuitePublicKey.of(suite, suite.multiply(d));
  }

  /**
   * A key from its number, 21 or 36 octets big-endian.
   *
   * @throws IllegalArgumentException if it is 0 or not below the order of the curve
   */
  public static SuitePrivateKey of(CryptoSuite suite, Octets number) {
    if (number.length() != suite.numberLength()) {
      throw new IllegalArgumentException(
          suite.curve() + " private key does not have " + suite.numberLength() + " octets");
    }
    return new SuitePrivateKey(suite, new BigInteger(1, number.toByteArray()));
  }

  /** The key that belongs to {@code seed}, always the same; only as secret as the seed is. */
  public static SuitePrivateKey fromSeed(CryptoSuite suite, Octets seed) {
    return new SuitePrivateKey(suite, Scalars.fromSeed(seed, suite.order()));
  }

  /** The suite. */
  public CryptoSuite suite() {
    return suite;
  }

  /** The other half. */
  public SuitePublicKey publicKey() {
    return publicKey;
  }

  /** The number, big-endian, for whoever stores the key. */
  public Octets secretOctets() {
    return Scalars.fixed(d, suite.numberLength());
  }

  /** Signs {@code digest} as it stands: r || s. */
  public Octets sign(Octets digest) {
    ECDSASigner ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    ecdsa.init(true, new ECPrivateKeyParameters(d, suite.domain()));
    BigInteger[] signature = ecdsa.generateSignature(digest.toByteArray());
    return Scalars.fixed(signature[0], suite.numberLength())
        .concat(Scalars.fixed(signature[1], suite.numberLength()));
  }

  BigInteger number() {
    return d;
  }

  @Override
  public String toString() {
    return "private half of " + publicKey;
  }
}
