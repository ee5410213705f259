// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.OctetSource;

/**
 * Port: whoever signs images with P-256 and SHA-256. {@link P256PrivateKey} does so in memory; a
 * vendor's implementation may leave the private key in a hardware security module.
 */
@FunctionalInterface
public interface P256Signer {
  /**
   * Signs {@code message}. Who builds the same file twice gets the same octets only from a signer
   * that is deterministic.
   */
  P256Signature sign(OctetSource message);
}
