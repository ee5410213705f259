// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.TrustManager;

/**
 * Whether the other side of a connection that is not gRPC may be believed, by the same rules as in
 * gRPC: issued by a trusted authority, within its dates, and on no list of revoked ones. For any
 * thread. [hanota H71] [hanota H72]
 */
public final class PeerTrust {
  private final Standing standing;
  private final TrustManager manager;
  private final Consumer<HanEvent> listener;

  private PeerTrust(Standing standing, TrustManager manager, Consumer<HanEvent> listener) {
    this.standing = standing;
    this.manager = manager;
    this.listener = listener;
  }

  /**
   * By the files of one side.
   *
   * @param time what dates of certificates are compared with
   * @param listener hears whom a handshake refused, and of a list that cannot be read again
   * @throws IOException naming the file that is wrong
   */
  public static PeerTrust of(
      Security.MutualTls files, InstantSource time, Consumer<HanEvent> listener)
      throws IOException {
    Standing standing = Standing.of(files, time);
    return new PeerTrust(
        standing, Credentials.trust(files.trusted(), standing, listener), listener);
  }

  /** What a TLS context asks in a handshake. */
  public TrustManager manager() {
    return manager;
  }

  /**
   * Reads the list of revoked certificates again where it changed. A handshake that resumes an
   * earlier one asks {@link #manager} nothing, and a connection may outlive its certificate.
   *
   * @return how often the list was read; what was opened at another number may not count any more
   */
  public int refresh() {
    standing.refresh(listener);
    return standing.revoked().map(RevocationList::readings).orElse(0);
  }

  /** Why a certificate that was shown counts no longer; empty if it does. */
  public String fault(X509Certificate shown) {
    return standing.fault(shown);
  }
}
