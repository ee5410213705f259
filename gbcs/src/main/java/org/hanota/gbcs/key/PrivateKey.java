// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import org.hanota.api.Octets;

/** What a private key does; a vendor's implementation may keep the key in hardware. */
public interface PrivateKey {
  /** The key that belongs to it. */
  P256PublicKey publicKey();

  /** Signs {@code message} with ECDSA and SHA-256: 64 octets, r and s. */
  Octets sign(Octets message);

  /** The 32 octets that this key and the other party's agree on. */
  Octets agree(P256PublicKey other);
}
