// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.hanota.api.Octets;

/** The curve and the hash of every GBCS key. */
final class P256 {
  /** Octets of a coordinate, a scalar, and each half of a signature. */
  static final int WIDTH = 32;

  static final ECDomainParameters DOMAIN = domain();

  private P256() {}

  private static ECDomainParameters domain() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }

  static Octets sha256(Octets... parts) {
    SHA256Digest digest = new SHA256Digest();
    for (Octets part : parts) {
      byte[] octets = part.toByteArray();
      digest.update(octets, 0, octets.length);
    }
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return Octets.wrap(hash);
  }

  static BigInteger unsigned(Octets octets) {
    return new BigInteger(1, octets.toByteArray());
  }
}
