// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A key that signs with P-256 and SHA-256, deterministically (RFC 6979): the same message gives the
 * same signature. Never shows itself in text.
 */
public final class P256PrivateKey implements P256Signer {
  static final ECDomainParameters DOMAIN = domain("P-256");

  private static final int LENGTH = 32;

  private final BigInteger d;
  private final P256PublicKey publicKey;

  private P256PrivateKey(BigInteger d) {
    this.d = d;
    publicKey = P256PublicKey.of(new FixedPointCombMultiplier().multiply(DOMAIN.getG(), d));
  }

  /**
   * A key from its number, 32 octets big-endian.
   *
   * @throws IllegalArgumentException if it is 0 or not below the order of the curve
   */
  public static P256PrivateKey of(Octets number) {
    BigInteger d = new BigInteger(1, number.toByteArray());
    if (number.length() != LENGTH || d.signum() == 0 || d.compareTo(DOMAIN.getN()) >= 0) {
      throw new IllegalArgumentException(
          "P-256 private key is not 32 octets, or not between 1 and the order of the curve");
    }
    return new P256PrivateKey(d);
  }

  /** The key that belongs to {@code seed}, always the same; only as secret as the seed is. */
  public static P256PrivateKey fromSeed(Octets seed) {
    return new P256PrivateKey(Seeds.number(seed, DOMAIN.getN()));
  }

  /** The number, 32 octets big-endian, for whoever stores the key. */
  public Octets secretOctets() {
    byte[] number = BigIntegers.asUnsignedByteArray(LENGTH, d);
    return Octets.wrap(number);
  }

  /** The other half. */
  public P256PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public P256Signature sign(OctetSource message) {
    ECDSASigner ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    ecdsa.init(true, new ECPrivateKeyParameters(d, DOMAIN));
    BigInteger[] signature = ecdsa.generateSignature(Sha256.of(message).toByteArray());
    return new P256Signature(fixed(signature[0], LENGTH).concat(fixed(signature[1], LENGTH)));
  }

  @Override
  public String toString() {
    return "private half of " + publicKey;
  }

  /** The curve with the faster, curve-specific arithmetic. */
  static ECDomainParameters domain(String curve) {
    X9ECParameters parameters = CustomNamedCurves.getByName(curve);
    return new ECDomainParameters(parameters);
  }

  static Octets fixed(BigInteger number, int length) {
    return Octets.wrap(BigIntegers.asUnsignedByteArray(length, number));
  }
}
