// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.keys.Pem;

/** What one side shows: a certificate in a file and its private key in another. */
final class OwnCertificate {
  private static final String CURE = "renew it, as with hanota pki renew, and start anew";

  private OwnCertificate() {}

  /**
   * Reads both and checks that they belong together, and that the certificate counts at that time.
   *
   * @throws IOException naming the file that is wrong
   */
  static void check(Path chain, Path key, Instant now) throws IOException {
    String fault = fault(chain, now);
    if (!fault.isEmpty()) {
      throw new IOException(fault);
    }
    PublicKey shown = certificate(chain).getPublicKey();
    byte[] secret = der(key);
    boolean fits;
    try {
      fits =
          fits(
              KeyFactory.getInstance(shown.getAlgorithm())
                  .generatePrivate(new PKCS8EncodedKeySpec(secret)),
              shown);
    } catch (GeneralSecurityException other) {
      fits = false; // a key of another kind, or none
    }
    if (!fits) {
      throw new IOException(key + ": is not the key of " + chain);
    }
  }

  /** Why nobody will take what is shown at that time, and the cure; empty if they may. */
  static String fault(Path chain, Instant now) throws IOException {
    String fault = Validity.of(certificate(chain)).fault(now);
    return fault.isEmpty() ? "" : chain + ": the certificate " + fault + "; " + CURE;
  }

  /**
   * Says that the first certificate of a file ends within that time; empty if it does not.
   *
   * @throws IOException naming the file if it holds no certificate
   */
  static Optional<String> ending(Path file, Instant now, Duration within) throws IOException {
    Instant until = Validity.of(certificate(file)).until();
    return until.isAfter(now.plus(within))
        ? Optional.empty()
        : Optional.of(
            file
                + ": the certificate ends on "
                + until
                + ", in "
                + Math.max(0, Duration.between(now, until).toDays())
                + " days; "
                + CURE);
  }

  /**
   * Whom the first certificate of a file names.
   *
   * @throws IOException naming the file that is wrong
   */
  static Identity identity(Path chain) throws IOException {
    try {
      return Identity.of(certificate(chain));
    } catch (FormatException wrong) {
      throw new IOException(chain + ": " + wrong.getMessage(), wrong);
    }
  }

  private static X509Certificate certificate(Path chain) throws IOException {
    try (InputStream in = Files.newInputStream(chain)) {
      for (Certificate first : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        return (X509Certificate) first;
      }
    } catch (CertificateException garbage) {
      throw new IOException(chain + ": found no certificate, allowed is PEM", garbage);
    }
    throw new IOException(chain + ": found no certificate, allowed is PEM");
  }

  private static byte[] der(Path key) throws IOException {
    try {
      return Pem.block(Files.readString(key, StandardCharsets.ISO_8859_1), "PRIVATE KEY")
          .toByteArray();
    } catch (FormatException none) {
      throw new IOException(
          key + ": found no private key, allowed is PEM (PKCS#8), not encrypted", none);
    }
  }

  private static boolean fits(PrivateKey secret, PublicKey shown) throws GeneralSecurityException {
    String algorithm =
        switch (shown.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> shown.getAlgorithm();
        };
    byte[] proof = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(secret);
    signing.update(proof);
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(shown);
    checking.update(proof);
    return checking.verify(signing.sign());
  }
}
