// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import java.math.BigInteger;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;

/** A private key held in memory. Signs deterministically (RFC 6979). Never shown as text. */
public final class P256PrivateKey implements PrivateKey {
  private final ECPrivateKeyParameters parameters;
  private final P256PublicKey publicKey;

  private P256PrivateKey(BigInteger d) {
    parameters = new ECPrivateKeyParameters(d, P256.DOMAIN);
    publicKey =
        P256PublicKey.of(
            new FixedPointCombMultiplier().multiply(P256.DOMAIN.getG(), d).normalize());
  }

  /**
   * The key with this scalar.
   *
   * @param scalar 32 octets, most significant first, from 1 to the group's order less 1
   * @throws FormatException if it is anything else
   */
  public static P256PrivateKey parse(Octets scalar) {
    BigInteger d = P256.unsigned(scalar);
    if (scalar.length() != P256.WIDTH || d.signum() == 0 || d.compareTo(P256.DOMAIN.getN()) >= 0) {
      throw new FormatException(
          "private key", 0, "another number", P256.WIDTH + " octets, 1 to the order less 1");
    }
    return new P256PrivateKey(d);
  }

  /** A key made from any 32 octets; for keys that are derived. */
  static P256PrivateKey derived(Octets seed) {
    BigInteger range = P256.DOMAIN.getN().subtract(BigInteger.ONE);
    return new P256PrivateKey(P256.unsigned(seed).mod(range).add(BigInteger.ONE));
  }

  /** The scalar, 32 octets: for whoever writes a key file. */
  public Octets scalar() {
    return fixed(parameters.getD());
  }

  @Override
  public P256PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Octets sign(Octets message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, parameters);
    BigInteger[] rs = signer.generateSignature(P256.sha256(message).toByteArray());
    return fixed(rs[0]).concat(fixed(rs[1]));
  }

  @Override
  public Octets agree(P256PublicKey other) {
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(parameters);
    return fixed(agreement.calculateAgreement(other.parameters()));
  }

  @Override
  public String toString() {
    return "private key of " + publicKey;
  }

  private static Octets fixed(BigInteger value) {
    return Octets.wrap(BigIntegers.asUnsignedByteArray(P256.WIDTH, value));
  }
}
