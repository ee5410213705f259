// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.ByteArrayInputStream;
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
import org.hanota.api.Octets;
import org.hanota.api.file.SavedText;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.Pem;

/** What one side shows: a certificate in a file and its private key in another. */
final class OwnCertificate {
  private static final String CURE = "renew it, as with hanota pki renew, and start anew";

  private static final byte DER_SEQUENCE = 0x30;

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

  /** The certificates of a file as PEM, which alone gRPC reads. */
  static InputStream chainPem(Path chain) throws IOException {
    StringBuilder text = new StringBuilder();
    try (InputStream in = Files.newInputStream(chain)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        text.append(Pem.text("CERTIFICATE", Octets.wrap(one.getEncoded())));
      }
    } catch (CertificateException garbage) {
      throw new IOException(chain + ": found no certificate, allowed is PEM", garbage);
    }
    return pem(text.toString());
  }

  /** The private key of a file in PKCS#8 and PEM, which alone gRPC reads. */
  static InputStream keyPem(Path key) throws IOException {
    return pem(Pem.text("PRIVATE KEY", Octets.wrap(der(key))));
  }

  private static InputStream pem(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** PKCS#8; a key in SEC1 only of P-256. */
  private static byte[] der(Path key) throws IOException {
    byte[] file = Files.readAllBytes(key);
    String text = SavedText.decode(Octets.wrap(file));
    if (file.length > 0 && file[0] == DER_SEQUENCE) {
      String sec1 = Pem.text("EC PRIVATE KEY", Octets.wrap(file));
      return p256(sec1).map(OwnCertificate::pkcs8).orElse(file);
    }
    if (Pem.has(text, "PRIVATE KEY")) {
      return Pem.block(text, "PRIVATE KEY").toByteArray();
    }
    return p256(text)
        .map(OwnCertificate::pkcs8)
        .orElseThrow(
            () ->
                new IOException(
                    key
                        + ": found no private key that is not encrypted, allowed PKCS#8, or SEC1 of"
                        + " P-256; openssl pkcs8 -topk8 -nocrypt -in "
                        + key
                        + " -out FILE converts other keys"));
  }

  private static Optional<P256PrivateKey> p256(String text) {
    try {
      return Optional.of(KeyPem.privateKey(text, Optional.empty()));
    } catch (FormatException other) {
      return Optional.empty();
    }
  }

  private static byte[] pkcs8(P256PrivateKey key) {
    return Pem.block(KeyPem.text(key), "PRIVATE KEY").toByteArray();
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
