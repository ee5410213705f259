// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's own check of certificates, which also tells whom it refused and why. */
final class NamingTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager checks;
  private final Standing standing;
  private final Consumer<HanEvent> listener;

  NamingTrust(X509ExtendedTrustManager checks, Standing standing, Consumer<HanEvent> listener) {
    this.checks = checks;
    this.standing = standing;
    this.listener = listener;
  }

  /** A check that throws when it does not like what it sees. */
  private interface Check {
    void run() throws CertificateException;
  }

  private void named(X509Certificate[] chain, String remote, Check check)
      throws CertificateException {
    try {
      check.run();
      standing.refuseRevoked(chain);
    } catch (CertificateException refused) {
      String who = chain.length == 0 ? "" : chain[0].getSubjectX500Principal().getName();
      String reason = reason(chain, refused);
      listener.accept(new HanEvent.Refused(remote, who, reason));
      throw new CertificateException(reason, refused);
    }
  }

  /** The dates and lists say more than the JDK does of them. */
  private String reason(X509Certificate[] chain, Throwable fault) {
    for (X509Certificate shown : chain) {
      String why = standing.fault(shown);
      if (!why.isEmpty()) {
        return "its certificate " + why;
      }
    }
    Throwable last = fault;
    while (last.getCause() != null && last.getCause() != last) {
      last = last.getCause();
      if (isOfAnother(last)) {
        return "its certificate is of another authority than those that this side knows, of "
            + chain[chain.length - 1].getIssuerX500Principal().getName();
      }
    }
    return String.valueOf(last.getMessage());
  }

  /** No authority of this side signed what was shown, be one of the same name among them or not. */
  private static boolean isOfAnother(Throwable fault) {
    if (fault instanceof CertPathValidatorException path) {
      return path.getReason() == PKIXReason.NO_TRUST_ANCHOR
          || path.getReason() == BasicReason.INVALID_SIGNATURE;
    }
    return fault instanceof CertPathBuilderException;
  }

  private static String remote(SSLEngine engine) {
    String host = engine.getPeerHost();
    return host == null ? "" : host + ":" + engine.getPeerPort();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    named(chain, remote(engine), () -> checks.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    named(chain, remote(engine), () -> checks.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    named(chain, "", () -> checks.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    named(chain, "", () -> checks.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    named(chain, "", () -> checks.checkClientTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    named(chain, "", () -> checks.checkServerTrusted(chain, type));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return checks.getAcceptedIssuers();
  }
}
