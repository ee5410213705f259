// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.math.BigInteger;
import org.hanota.api.Octets;

/**
 * An ECDSA signature with P-256 and SHA-256, as images and GBCS messages carry it.
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

  /** As certificates carry it: a SEQUENCE of the INTEGERs r and s. [RFC 3279, 2.2.3] */
  public Octets der() {
    return Der.sequence(Der.integer(r()), Der.integer(s()));
  }

  BigInteger r() {
    return Scalars.unsigned(octets.slice(0, LENGTH / 2));
  }

  BigInteger s() {
    return Scalars.unsigned(octets.from(LENGTH / 2));
  }
}
