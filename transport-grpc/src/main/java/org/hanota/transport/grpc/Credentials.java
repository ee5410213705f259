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
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the credentials that gRPC takes from a {@link Security}. */
final class Credentials {
  private Credentials() {}

  static ServerCredentials server(
      Security security, InstantSource time, Consumer<HanEvent> listener) throws IOException {
    if (!(security instanceof Security.MutualTls tls)) {
      return InsecureServerCredentials.create();
    }
    tls.check(time.instant());
    // Optional, so that whoever shows none is refused by name on the first call and not by a
    // silent end of the handshake; no call passes without one.
    return TlsServerCredentials.newBuilder()
        .keyManager(tls.certificateChain().toFile(), tls.privateKey().toFile())
        .trustManager(trust(tls.trusted(), time, listener))
        .clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL)
        .build();
  }

  static ChannelCredentials client(
      Security security, InstantSource time, Consumer<HanEvent> listener) throws IOException {
    if (!(security instanceof Security.MutualTls tls)) {
      return InsecureChannelCredentials.create();
    }
    tls.check(time.instant());
    return TlsChannelCredentials.newBuilder()
        .keyManager(tls.certificateChain().toFile(), tls.privateKey().toFile())
        .trustManager(trust(tls.trusted(), time, listener))
        .build();
  }

  private static TrustManager trust(
      Path authorities, InstantSource time, Consumer<HanEvent> listener) throws IOException {
    try (InputStream in = Files.newInputStream(authorities)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority" + number++, authority);
      }
      if (number == 0) {
        throw new IOException(authorities + ": found no certificate, allowed PEM certificates");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager checks) {
          return new NamingTrust(checks, time, listener);
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
