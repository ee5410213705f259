// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Whether certificates count now: by their dates, and by the list of those that were revoked.
 * [hanota H71] [hanota H72]
 *
 * @param time what their dates are compared with
 * @param revoked those that were taken back, if somebody lists them
 */
record Standing(InstantSource time, Optional<RevocationList> revoked) {
  /**
   * Of one side's security.
   *
   * @throws IOException naming the file that is wrong: without its list nobody starts
   */
  static Standing of(Security security, InstantSource time) throws IOException {
    return security instanceof Security.MutualTls tls
        ? new Standing(time, tls.revocations(time.instant()))
        : new Standing(time, Optional.empty());
  }

  /** Now. */
  Instant now() {
    return time.instant();
  }

  /** Why what rests on that certificate ends; empty if it goes on. */
  String fault(Identity identity) {
    String ended = identity.fault(now());
    return ended.isEmpty() ? identity.issued().map(this::revocation).orElse("") : ended;
  }

  private String revocation(IssuerAndSerial certificate) {
    return revoked.map(list -> list.fault(certificate)).orElse("");
  }

  /** What is wrong with a certificate that is shown; empty if nothing is. */
  String fault(X509Certificate shown) {
    String dates = Validity.of(shown).fault(now());
    return dates.isEmpty() ? revocation(IssuerAndSerial.of(shown)) : dates;
  }

  /** Refuses a chain with a certificate that was revoked. */
  void refuseRevoked(X509Certificate[] chain) throws CertificateException {
    for (X509Certificate shown : chain) {
      String fault = revocation(IssuerAndSerial.of(shown));
      if (!fault.isEmpty()) {
        // The reason within the cause is what the other side is told.
        throw new CertificateException(
            new CertPathValidatorException(fault, null, null, -1, BasicReason.REVOKED));
      }
    }
  }

  /** Reads the list again if it has changed, and tells what is wrong with it. */
  void refresh(Consumer<HanEvent> listener) {
    revoked
        .flatMap(list -> list.refresh(now()))
        .ifPresent(problem -> listener.accept(new HanEvent.RevocationsNotRead(problem)));
  }
}
