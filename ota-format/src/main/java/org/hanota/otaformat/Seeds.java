// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.hanota.api.Octets;

/** Turns seeds into numbers, so that keys can be made where there is no random source. */
final class Seeds {
  private Seeds() {}

  /**
   * A number from 1 to {@code order} - 1 that belongs to {@code seed}; 512 hashed bits make the
   * bias of the remainder negligible.
   */
  static BigInteger number(Octets seed, BigInteger order) {
    Octets first = Sha256.of(Octets.copyOf((byte) 1).concat(seed));
    Octets second = Sha256.of(Octets.copyOf((byte) 2).concat(seed));
    BigInteger wide = new BigInteger(1, first.concat(second).toByteArray());
    return wide.mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }
}
