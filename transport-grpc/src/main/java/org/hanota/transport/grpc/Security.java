// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the two sides of a connection know each other. */
public sealed interface Security {
  /**
   * Both sides show a certificate. A client's names the devices that it may speak for, as URI SANs
   * {@code urn:hanota:eui64:<first>[-<last>]}, and an operator's has {@code urn:hanota:operator}.
   *
   * @param certificateChain PEM, the own certificate first
   * @param privateKey PEM, PKCS#8, not encrypted; read once
   * @param trusted PEM, the authorities that may have issued the other side's certificate
   * @param revoked PEM, the lists (CRL) of certificates that these have taken back; read again when
   *     the file changes
   */
  record MutualTls(Path certificateChain, Path privateKey, Path trusted, Optional<Path> revoked)
      implements Security {
    /** How long before its end a certificate is worth a warning. */
    public static final Duration WARNING = Duration.ofDays(14);

    /**
     * Checks that the key is that of the certificate, that this counts at that time, and that the
     * list of revoked ones does, before anybody is shown it.
     *
     * @throws IOException naming the file that is wrong
     */
    public void check(Instant now) throws IOException {
      OwnCertificate.check(certificateChain, privateKey, now);
      Optional<RevocationList> unused = revocations(now);
    }

    /**
     * The certificates that count no longer, if there is a list of them.
     *
     * @throws IOException naming the list if it is damaged, of somebody else, or not of that time
     */
    Optional<RevocationList> revocations(Instant now) throws IOException {
      return revoked.isEmpty()
          ? Optional.empty()
          : Optional.of(RevocationList.read(revoked.get(), Credentials.authorities(trusted), now));
    }

    /**
     * Whom the own certificate names.
     *
     * @throws IOException naming the file if it holds no certificate
     */
    public Identity identity() throws IOException {
      return OwnCertificate.identity(certificateChain);
    }

    /**
     * What ends within {@link #WARNING}: the certificate and the first authority, each with its
     * date and the cure.
     *
     * @throws IOException naming the file that is wrong
     */
    public List<String> warnings(Instant now) throws IOException {
      List<String> warnings = new ArrayList<>();
      OwnCertificate.ending(certificateChain, now, WARNING).ifPresent(warnings::add);
      OwnCertificate.ending(trusted, now, WARNING).ifPresent(warnings::add);
      return warnings;
    }
  }

  /**
   * Nobody shows anything and everybody can read along: for experiments on one machine.
   *
   * @param beyondLoopback whether it may leave the machine, which takes a decision of its own
   */
  record Insecure(boolean beyondLoopback) implements Security {}

  /** Without protection, on loopback only. */
  static Security insecure() {
    return new Insecure(false);
  }

  /**
   * Refuses plaintext beyond this machine.
   *
   * @throws IllegalArgumentException naming the address and the cure
   */
  static void check(Security security, InetSocketAddress address) {
    InetAddress resolved = address.getAddress();
    if (security instanceof Insecure insecure
        && !insecure.beyondLoopback()
        && (resolved == null || !resolved.isLoopbackAddress())) {
      throw new IllegalArgumentException(
          "address is "
              + address
              + ", allowed without TLS are loopback addresses; use certificates, or force it");
    }
  }
}
