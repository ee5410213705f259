// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.keys.PrivateKey;

/**
 * Port: the certificates that the holder trusts and the private keys it has. A device holds its
 * suppliers' and the access control broker's certificates and its own keys; whoever is not in the
 * store is not believed.
 */
public interface KeyStore {
  /** The trusted certificate of {@code party} for {@code usage}. */
  Optional<Certificate> certificate(Eui64 party, KeyUsage usage);

  /** The private key of {@code party} for {@code usage}, if the holder has it. */
  Optional<PrivateKey> privateKey(Eui64 party, KeyUsage usage);
}
