// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.hanota.transport.grpc.PeerTrust;
import org.hanota.transport.grpc.Security;

/**
 * The HTTP client of the DCC. Connections and TLS sessions that were opened before the list of
 * revoked certificates changed are not used again.
 */
final class PushClient {
  /** How it shows who it is, and whom it believes. */
  record Tls(Security.MutualTls files, PeerTrust trust) {}

  private final Optional<Tls> tls;
  private final Duration connectWithin;
  private HttpClient client;
  private int reading;

  PushClient(Optional<Tls> tls, Duration connectWithin) throws IOException {
    this.tls = tls;
    this.connectWithin = connectWithin;
    this.reading = reading();
    this.client = make();
  }

  private int reading() {
    return tls.map(found -> found.trust().refresh()).orElse(0);
  }

  private HttpClient make() throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connectWithin);
    if (tls.isPresent()) {
      builder.sslContext(TlsFiles.client(tls.get().files(), tls.get().trust()));
    }
    return builder.build();
  }

  /** The client of now. */
  synchronized HttpClient client() throws IOException {
    int now = reading();
    if (now != reading) {
      client = make();
      reading = now;
    }
    return client;
  }

  /** Why nothing counts that whoever answered says; empty if it does. */
  String fault(HttpResponse<?> said) {
    Optional<SSLSession> session = said.sslSession();
    if (tls.isEmpty() || session.isEmpty()) {
      return "";
    }
    try {
      X509Certificate shown = (X509Certificate) session.get().getPeerCertificates()[0];
      String fault = tls.get().trust().fault(shown);
      return fault.isEmpty() ? "" : "its certificate " + fault;
    } catch (SSLPeerUnverifiedException fault) {
      return String.valueOf(fault.getMessage());
    }
  }
}
