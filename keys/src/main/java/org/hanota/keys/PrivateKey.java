// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import org.hanota.api.Octets;

/** Port: what a private key on P-256 does; a vendor's implementation may keep it in hardware. */
public interface PrivateKey extends P256Signer {
  /** The key that belongs to it. */
  P256PublicKey publicKey();

  /** The 32 octets that this key and the other party's agree on (ECDH, x coordinate). */
  Octets agree(P256PublicKey other);
}
