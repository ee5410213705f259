// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * From when to when a certificate counts, both moments included. [RFC 5280, 4.1.2.5]
 *
 * @param from its notBefore
 * @param until its notAfter
 */
record Validity(Instant from, Instant until) {
  static Validity of(X509Certificate certificate) {
    return new Validity(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  /** What is wrong with it at that time; empty if nothing is. */
  String fault(Instant now) {
    if (now.isAfter(until)) {
      return "ended on " + until + ", and it is " + now.truncatedTo(ChronoUnit.SECONDS);
    }
    return now.isBefore(from)
        ? "begins on " + from + ", and it is " + now.truncatedTo(ChronoUnit.SECONDS)
        : "";
  }
}
