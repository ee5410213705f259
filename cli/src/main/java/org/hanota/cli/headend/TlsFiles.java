// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.hanota.transport.grpc.PeerTrust;
import org.hanota.transport.grpc.Security;

/** The certificates of a folder of {@code hanota pki} as HTTP needs them. */
final class TlsFiles {
  private static final char[] NO_PASS_PHRASE = new char[0];

  private TlsFiles() {}

  /** For a client that shows its certificate, too. */
  static SSLContext client(Security.MutualTls files, PeerTrust trust) throws IOException {
    return context(files, trust);
  }

  /** For a server that takes nobody without a certificate. */
  static SslContextFactory.Server server(Security.MutualTls files, PeerTrust trust)
      throws IOException {
    SslContextFactory.Server server = new SslContextFactory.Server();
    server.setSslContext(context(files, trust));
    server.setNeedClientAuth(true);
    server.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return server;
  }

  private static SSLContext context(Security.MutualTls files, PeerTrust trust) throws IOException {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(
          "own",
          key(files.privateKey()),
          NO_PASS_PHRASE,
          certificates(files.certificateChain()).toArray(new Certificate[0]));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NO_PASS_PHRASE);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {trust.manager()}, null);
      return context;
    } catch (GeneralSecurityException fault) {
      throw new IOException(files.certificateChain() + ": " + fault.getMessage(), fault);
    }
  }

  private static List<Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      return List.copyOf(found);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    String base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }
}
