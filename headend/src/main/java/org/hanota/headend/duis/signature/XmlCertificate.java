// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.hanota.api.FormatException;
import org.hanota.gbcs.key.Certificate;

/** A certificate by the names that signatures have for it. */
record XmlCertificate(Certificate certificate, X509Certificate x509) {
  static XmlCertificate of(Certificate certificate) {
    byte[] encoded = certificate.encoded().toByteArray();
    try {
      return new XmlCertificate(
          certificate,
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(encoded)));
    } catch (CertificateException e) {
      FormatException fault =
          new FormatException("certificate", 0, String.valueOf(e.getMessage()), "X.509 in DER");
      fault.initCause(e);
      throw fault;
    }
  }

  /** Names are the same whatever spaces or letter case they are written with. [RFC 2253] */
  boolean isNamed(X500Principal issuer, BigInteger serialNumber) {
    return x509.getSerialNumber().equals(serialNumber)
        && x509.getIssuerX500Principal().equals(issuer);
  }
}
