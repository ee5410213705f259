// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Attributes;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the credentials that gRPC takes from a {@link Security}. */
final class Credentials {
  private Credentials() {}

  static ServerCredentials server(Security security, Standing standing, Consumer<HanEvent> listener)
      throws IOException {
    if (!(security instanceof Security.MutualTls tls)) {
      return InsecureServerCredentials.create();
    }
    tls.check(standing.now());
    // Optional, so that whoever shows none is refused by name on the first call and not by a
    // silent end of the handshake; no call passes without one.
    return TlsServerCredentials.newBuilder()
        .keyManager(
            OwnCertificate.chainPem(tls.certificateChain()),
            OwnCertificate.keyPem(tls.privateKey()))
        .trustManager(trust(tls.trusted(), standing, listener))
        .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
        .build();
  }

  static ChannelCredentials client(
      Security security, Standing standing, Consumer<HanEvent> listener) throws IOException {
    if (!(security instanceof Security.MutualTls tls)) {
      return InsecureChannelCredentials.create();
    }
    tls.check(standing.now());
    return TlsChannelCredentials.newBuilder()
        .keyManager(
            OwnCertificate.chainPem(tls.certificateChain()),
            OwnCertificate.keyPem(tls.privateKey()))
        .trustManager(trust(tls.trusted(), standing, listener))
        .build();
  }

  /**
   * The authorities of a PEM file.
   *
   * @throws IOException naming the file if it holds none
   */
  static List<X509Certificate> authorities(Path file) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        found.add((X509Certificate) one);
      }
    } catch (CertificateException damaged) {
      throw new IOException(file + ": " + damaged.getMessage(), damaged);
    }
    if (found.isEmpty()) {
      throw new IOException(file + ": found no certificate, allowed PEM certificates");
    }
    return found;
  }

  static TrustManager trust(Path authorities, Standing standing, Consumer<HanEvent> listener)
      throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate authority : authorities(authorities)) {
        store.setCertificateEntry("authority" + number++, authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager checks) {
          return new NamingTrust(checks, standing, listener);
        }
      }
      throw new AssertionError("the JDK has no X509ExtendedTrustManager");
    } catch (GeneralSecurityException fault) {
      throw new IOException(authorities + ": " + fault.getMessage(), fault);
    }
  }

  /**
   * Whom the other side's certificate names, by the attributes of a call.
   *
   * @throws SSLPeerUnverifiedException if it has shown none
   * @throws FormatException if it names addresses that are none
   */
  static Identity identity(Security security, Attributes call) throws SSLPeerUnverifiedException {
    if (security instanceof Security.Insecure) {
      return Identity.ANYBODY;
    }
    SSLSession session = call.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      throw new SSLPeerUnverifiedException("no session");
    }
    return Identity.of((X509Certificate) session.getPeerCertificates()[0]);
  }
}
