// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * What tells a certificate apart from all others. [RFC 5280, 4.1.2.2]
 *
 * @param issuer the authority that issued it
 * @param serial its number there
 */
public record IssuerAndSerial(X500Principal issuer, BigInteger serial) {
  /** That of a certificate. */
  public static IssuerAndSerial of(X509Certificate certificate) {
    return new IssuerAndSerial(certificate.getIssuerX500Principal(), certificate.getSerialNumber());
  }
}
