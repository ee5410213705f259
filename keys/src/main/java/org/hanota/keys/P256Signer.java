// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import org.hanota.api.OctetSource;

/**
 * Port: whoever signs images or messages with ECDSA on P-256 and SHA-256. {@link P256PrivateKey}
 * does so in memory, {@link ProviderPrivateKey} by a key that a hardware security module keeps.
 */
@FunctionalInterface
public interface P256Signer {
  /**
   * Signs {@code message}. A file that is built twice has the same octets only if the signer is
   * deterministic.
   */
  P256Signature sign(OctetSource message);
}
