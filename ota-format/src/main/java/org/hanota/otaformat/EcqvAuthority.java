// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.keys.Scalars;

/** A certificate authority for tests: every number comes from its key and the request. */
public final class EcqvAuthority {
  private final Eui64 name;
  private final SuitePrivateKey key;

  /** An authority called {@code name} in the certificates it issues. */
  public EcqvAuthority(Eui64 name, SuitePrivateKey key) {
    this.name = name;
    this.key = key;
  }

  /**
   * What goes back to the subject.
   *
   * @param certificate the certificate
   * @param reconstructionData the number from which the subject makes its private key
   */
  public record Issued(ImplicitCertificate certificate, Octets reconstructionData) {
    @Override
    public String toString() {
      return "certificate of " + certificate.subject() + " by " + certificate.issuer();
    }
  }

  /** The issuer's name in certificates. */
  public Eui64 name() {
    return name;
  }

  /** The key that checks its certificates. */
  public SuitePublicKey publicKey() {
    return key.publicKey();
  }

  /**
   * Issues a certificate for {@code subject}.
   *
   * @param serial 64 bits that stand in the certificate
   * @param requestPoint the compressed point of the subject's request
   */
  public Issued issue(Eui64 subject, long serial, Octets requestPoint) {
    CryptoSuite suite = key.suite();
    Octets seed =
        new OctetWriter(128)
            .octets(key.secretOctets())
            .int64be(subject.value())
            .int64be(serial)
            .octets(requestPoint)
            .toOctets();
    BigInteger k = Scalars.fromSeed(seed, suite.order());
    ECPoint point = SuitePublicKey.decode(suite, requestPoint).add(suite.multiply(k)).normalize();
    ImplicitCertificate certificate =
        ImplicitCertificate.of(suite, subject, name, serial, Octets.wrap(point.getEncoded(true)));
    BigInteger r = certificate.hash().multiply(k).add(key.number()).mod(suite.order());
    return new Issued(certificate, Scalars.fixed(r, suite.numberLength()));
  }
}
