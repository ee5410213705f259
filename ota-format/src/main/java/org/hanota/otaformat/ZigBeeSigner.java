// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.Eui64;

/**
 * Who signs plain files: a certificate and the private key that belongs to it.
 *
 * @param certificate goes into the file
 * @param key stays secret
 */
public record ZigBeeSigner(ImplicitCertificate certificate, SuitePrivateKey key) {
  /** Checks that both are of one suite. */
  public ZigBeeSigner {
    if (certificate.suite() != key.suite()) {
      throw new IllegalArgumentException("certificate and key are of different suites");
    }
  }

  /** The signer's name. */
  public Eui64 name() {
    return certificate.subject();
  }

  /** The suite. */
  public CryptoSuite suite() {
    return key.suite();
  }
}
