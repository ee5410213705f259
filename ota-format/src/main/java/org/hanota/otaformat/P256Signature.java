// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.hanota.api.Octets;

/**
 * An ECDSA signature with P-256 and SHA-256, as GB images carry it.
 *
 * @param octets r || s, 32 octets each, big-endian
 */
public record P256Signature(Octets octets) {
  /** Octets of r and s together. */
  public static final int LENGTH = 64;

  /** Checks the length. */
  public P256Signature {
    if (octets.length() != LENGTH) {
      throw new IllegalArgumentException(
          "signature has " + octets.length() + " octets, allowed " + LENGTH);
    }
  }

  BigInteger r() {
    return new BigInteger(1, octets.slice(0, LENGTH / 2).toByteArray());
  }

  BigInteger s() {
    return new BigInteger(1, octets.from(LENGTH / 2).toByteArray());
  }
}
