// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import org.hanota.api.Eui64;
import org.hanota.keys.PrivateKey;

/** Both key pairs of one party with their certificates. */
public record Credentials(
    Certificate digitalSignature,
    PrivateKey digitalSignatureKey,
    Certificate keyAgreement,
    PrivateKey keyAgreementKey) {
  /** Whose they are. */
  public Eui64 subject() {
    return digitalSignature.subject();
  }
}
