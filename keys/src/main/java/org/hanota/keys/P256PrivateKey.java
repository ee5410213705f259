// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A private key held in memory. Signs deterministically (RFC 6979): the same message gives the same
 * signature. Never shows itself in text.
 */
public final class P256PrivateKey implements PrivateKey {
  /** Octets of randomness behind a new key: twice its own, so that no number is likelier. */
  private static final int MATERIAL_LENGTH = 64;

  private final ECPrivateKeyParameters parameters;
  private final P256PublicKey publicKey;

  private P256PrivateKey(BigInteger d) {
    parameters = new ECPrivateKeyParameters(d, P256.DOMAIN);
    publicKey = P256PublicKey.of(new FixedPointCombMultiplier().multiply(P256.DOMAIN.getG(), d));
  }

  /**
   * A key from its number, 32 octets big-endian.
   *
   * @throws FormatException if it is 0 or not below the order of the curve
   */
  public static P256PrivateKey parse(Octets number) {
    BigInteger d = Scalars.unsigned(number);
    if (number.length() != P256.WIDTH || d.signum() == 0 || d.compareTo(P256.DOMAIN.getN()) >= 0) {
      throw new FormatException(
          "private key", 0, "another number", P256.WIDTH + " octets, 1 to the order less 1");
    }
    return new P256PrivateKey(d);
  }

  /** The key that belongs to {@code seed}, always the same; only as secret as the seed is. */
  public static P256PrivateKey fromSeed(Octets seed) {
    return new P256PrivateKey(Scalars.fromSeed(seed, P256.DOMAIN.getN()));
  }

  /** A new key; only as secret as {@code random} is hard to guess. */
  public static P256PrivateKey generate(RandomGenerator random) {
    byte[] material = new byte[MATERIAL_LENGTH];
    random.nextBytes(material);
    return fromSeed(Octets.wrap(material));
  }

  /** The number, 32 octets big-endian, for whoever stores the key. */
  public Octets secretOctets() {
    return Scalars.fixed(parameters.getD(), P256.WIDTH);
  }

  @Override
  public P256PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public P256Signature sign(OctetSource message) {
    ECDSASigner ecdsa = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    ecdsa.init(true, parameters);
    BigInteger[] rs = ecdsa.generateSignature(Sha256.of(message).toByteArray());
    return new P256Signature(
        Scalars.fixed(rs[0], P256.WIDTH).concat(Scalars.fixed(rs[1], P256.WIDTH)));
  }

  @Override
  public Octets agree(P256PublicKey other) {
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(parameters);
    return Scalars.fixed(agreement.calculateAgreement(other.parameters()), P256.WIDTH);
  }

  @Override
  public String toString() {
    return "private half of " + publicKey;
  }
}
