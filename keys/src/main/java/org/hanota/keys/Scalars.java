// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.math.BigInteger;
import org.bouncycastle.util.BigIntegers;
import org.hanota.api.Octets;

/** Derives the scalar of a private key from a seed, for any elliptic curve. */
public final class Scalars {
  private Scalars() {}

  /**
   * A number from 1 to {@code order} - 1 that belongs to {@code seed}; 512 hashed bits make the
   * bias of the remainder negligible.
   */
  public static BigInteger fromSeed(Octets seed, BigInteger order) {
    Octets first = Sha256.of(Octets.copyOf((byte) 1).concat(seed));
    Octets second = Sha256.of(Octets.copyOf((byte) 2).concat(seed));
    return unsigned(first.concat(second)).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }

  /** {@code number} as {@code length} octets, big-endian. */
  public static Octets fixed(BigInteger number, int length) {
    return Octets.wrap(BigIntegers.asUnsignedByteArray(length, number));
  }

  /** The number that {@code octets} are, big-endian and without a sign. */
  public static BigInteger unsigned(Octets octets) {
    return new BigInteger(1, octets.toByteArray());
  }
}
