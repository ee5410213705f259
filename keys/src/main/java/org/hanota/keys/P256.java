// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;

/** The curve. */
final class P256 {
  /** Octets of a coordinate, a private key, and each half of a signature. */
  static final int WIDTH = 32;

  /** With the faster arithmetic that is made for this curve. */
  static final ECDomainParameters DOMAIN =
      new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));

  private P256() {}
}
