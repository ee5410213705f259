// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.hanota.api.Octets;
import org.hanota.keys.Scalars;

/**
 * What a device makes to get an implicit (ECQV) certificate: a secret number that it keeps, and the
 * point that belongs to it, which the certificate authority gets.
 */
public final class EcqvRequest {
  private final CryptoSuite suite;
  private final BigInteger k;

  private EcqvRequest(CryptoSuite suite, BigInteger k) {
    this.suite = suite;
    this.k = k;
  }

  /** The request that belongs to {@code seed}; the key is only as secret as the seed is. */
  public static EcqvRequest fromSeed(CryptoSuite suite, Octets seed) {
    return new EcqvRequest(suite, Scalars.fromSeed(seed, suite.order()));
  }

  /** The suite. */
  public CryptoSuite suite() {
    return suite;
  }

  /** The compressed point that goes to the authority. */
  public Octets point() {
    return Octets.wrap(suite.multiply(k).getEncoded(true));
  }

  /**
   * The subject's credentials from what the authority sent back.
   *
   * @throws IllegalArgumentException if certificate and data do not belong to this request
   */
  public ZigBeeSigner complete(EcqvAuthority.Issued issued, SuitePublicKey issuerKey) {
    ImplicitCertificate certificate = issued.certificate();
    BigInteger data = new BigInteger(1, issued.reconstructionData().toByteArray());
    BigInteger d = certificate.hash().multiply(k).add(data).mod(suite.order());
    SuitePrivateKey key = new SuitePrivateKey(suite, d);
    if (!key.publicKey().equals(certificate.publicKey(issuerKey))) {
      throw new IllegalArgumentException("issued does not belong to this request and issuer");
    }
    return new ZigBeeSigner(certificate, key);
  }
}
