// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.hanota.api.FormatException;
import org.hanota.transport.grpc.Identity;

/**
 * Who may steer campaigns: whose certificate says operator; without TLS, anybody at this machine.
 */
final class Operator {
  private static final String ANYBODY = "somebody at this machine";

  private Operator() {}

  /** The operator's name; empty for whoever is none. */
  static Optional<String> of(Request request) {
    EndPoint end = request.getConnectionMetaData().getConnection().getEndPoint();
    if (!(end instanceof SslConnection.SslEndPoint encrypted)) {
      return end.getRemoteSocketAddress() instanceof InetSocketAddress remote
              && remote.getAddress().isLoopbackAddress()
          ? Optional.of(ANYBODY)
          : Optional.empty();
    }
    try {
      Certificate[] shown =
          encrypted.getSslConnection().getSSLEngine().getSession().getPeerCertificates();
      Identity identity = Identity.of((X509Certificate) shown[0]);
      return identity.operator() ? Optional.of(identity.name()) : Optional.empty();
    } catch (SSLPeerUnverifiedException | FormatException nobody) {
      return Optional.empty();
    }
  }

  /** Whether the connection is encrypted, so that the name of the host was checked. */
  static boolean isEncrypted(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint()
        instanceof SslConnection.SslEndPoint;
  }
}
