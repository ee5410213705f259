// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.hanota.transport.grpc.Identity;

/**
 * Issues EC P-256 certificates for hubs, devices and operators. For tests and experiments: its key
 * lies in a file, nothing is revoked, and it has nothing to do with the smart metering key
 * infrastructure.
 */
public final class TestAuthority {
  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
  private static final byte[] SUBJECT_KEY_IDENTIFIER = Der.oid(2, 5, 29, 14);
  private static final byte[] KEY_USAGE = Der.oid(2, 5, 29, 15);
  private static final byte[] SUBJECT_ALT_NAME = Der.oid(2, 5, 29, 17);
  private static final byte[] BASIC_CONSTRAINTS = Der.oid(2, 5, 29, 19);
  private static final byte[] AUTHORITY_KEY_IDENTIFIER = Der.oid(2, 5, 29, 35);
  private static final byte[] EXTENDED_KEY_USAGE = Der.oid(2, 5, 29, 37);
  private static final byte[] SERVER_AUTH = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1);
  private static final byte[] CLIENT_AUTH = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 2);

  /** Clocks of test machines differ. */
  private static final Duration BACKDATED = Duration.ofHours(1);

  private static final int SERIAL_BITS = 127;
  private static final int IDENTIFIER_OCTETS = 20;

  private final SecureRandom random = new SecureRandom();
  private final X500Principal name;
  private final KeyPair keys;
  private final Instant from;
  private final Instant until;
  private final X509Certificate certificate;

  /** An authority with a new key whose certificates are valid from now for so long. */
  public TestAuthority(String commonName, Instant now, Duration valid) {
    this.name = new X500Principal("CN=" + commonName);
    this.from = now.minus(BACKDATED).truncatedTo(ChronoUnit.SECONDS);
    this.until = now.plus(valid).truncatedTo(ChronoUnit.SECONDS);
    this.keys = newKeys();
    this.certificate = sign(name, keys, authorityExtensions());
  }

  /** A certificate with its key, which {@code toString} does not show. */
  public static final class Issued {
    private final X509Certificate certificate;
    private final KeyPair keys;

    Issued(X509Certificate certificate, KeyPair keys) {
      this.certificate = certificate;
      this.keys = keys;
    }

    /** The certificate. */
    public X509Certificate certificate() {
      return certificate;
    }

    /**
     * Writes {@code <name>.pem} and {@code <name>.key} (PKCS#8, readable by its owner alone).
     *
     * @throws IOException if one of them is there already or cannot be written
     */
    public void write(Path folder, String fileName) throws IOException {
      writePrivate(folder.resolve(fileName + ".key"), keys);
      TestAuthority.write(folder.resolve(fileName + ".pem"), certificate);
    }

    @Override
    public String toString() {
      return certificate.getSubjectX500Principal().getName();
    }
  }

  /** The authority's own certificate, which the other side is told to trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * Writes {@code <name>.pem} and {@code <name>.key}.
   *
   * @throws IOException if one of them is there already or cannot be written
   */
  public void write(Path folder, String fileName) throws IOException {
    new Issued(certificate, keys).write(folder, fileName);
  }

  /** A hub's certificate for these host names and addresses. */
  public Issued hub(String commonName, Identity.Range address, List<String> hosts) {
    List<byte[]> names = new ArrayList<>();
    names.add(Der.text(Der.CONTEXT | 6, address.uri()));
    for (String host : hosts) {
      names.add(hostName(host));
    }
    return issue(commonName, names);
  }

  /** A certificate for a process with the devices of these ranges. */
  public Issued devices(String commonName, List<Identity.Range> addresses) {
    List<byte[]> names = new ArrayList<>();
    addresses.forEach(range -> names.add(Der.text(Der.CONTEXT | 6, range.uri())));
    return issue(commonName, names);
  }

  /** A certificate for whoever steers hubs. */
  public Issued operator(String commonName) {
    return issue(commonName, List.of(Der.text(Der.CONTEXT | 6, Identity.OPERATOR)));
  }

  private static byte[] hostName(String host) {
    if (host.matches("[0-9.]+|.*:.*")) {
      try {
        // A literal address; nothing is looked up.
        return Der.value(Der.CONTEXT | 7, InetAddress.getByName(host).getAddress());
      } catch (IOException fault) {
        throw new IllegalArgumentException(
            "host is " + host + ", allowed a name or address", fault);
      }
    }
    return Der.text(Der.CONTEXT | 2, host);
  }

  private Issued issue(String commonName, List<byte[]> names) {
    KeyPair issued = newKeys();
    byte[] extensions =
        Der.sequence(
            critical(BASIC_CONSTRAINTS, Der.sequence()),
            // digitalSignature
            critical(KEY_USAGE, Der.bitString(7, new byte[] {(byte) 0x80})),
            extension(EXTENDED_KEY_USAGE, Der.sequence(SERVER_AUTH, CLIENT_AUTH)),
            extension(SUBJECT_ALT_NAME, Der.sequence(names.toArray(new byte[0][]))),
            extension(
                AUTHORITY_KEY_IDENTIFIER, Der.sequence(Der.value(Der.CONTEXT, identifier(keys)))),
            extension(SUBJECT_KEY_IDENTIFIER, Der.octetString(identifier(issued))));
    X500Principal subject = new X500Principal("CN=" + commonName);
    return new Issued(sign(subject, issued, extensions), issued);
  }

  private byte[] authorityExtensions() {
    return Der.sequence(
        critical(BASIC_CONSTRAINTS, Der.sequence(Der.truth())),
        // keyCertSign and cRLSign
        critical(KEY_USAGE, Der.bitString(1, new byte[] {0x06})),
        extension(SUBJECT_KEY_IDENTIFIER, Der.octetString(identifier(keys))));
  }

  private static byte[] critical(byte[] oid, byte[] value) {
    return Der.sequence(oid, Der.truth(), Der.octetString(value));
  }

  private static byte[] extension(byte[] oid, byte[] value) {
    return Der.sequence(oid, Der.octetString(value));
  }

  /** Any unique number will do; this one is of the whole key. [RFC 5280, 4.2.1.2] */
  private static byte[] identifier(KeyPair pair) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Arrays.copyOf(digest.digest(pair.getPublic().getEncoded()), IDENTIFIER_OCTETS);
    } catch (GeneralSecurityException fault) {
      throw new AssertionError("the JDK has SHA-256", fault);
    }
  }

  private X509Certificate sign(X500Principal subject, KeyPair subjectKeys, byte[] extensions) {
    byte[] toBeSigned =
        Der.sequence(
            Der.value(Der.CONSTRUCTED, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)),
            ECDSA_WITH_SHA256,
            name.getEncoded(),
            Der.sequence(Der.time(from), Der.time(until)),
            subject.getEncoded(),
            subjectKeys.getPublic().getEncoded(),
            Der.value(Der.CONSTRUCTED | 3, extensions));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(toBeSigned);
      byte[] encoded =
          Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bitString(0, signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException fault) {
      throw new AssertionError("the JDK signs and reads EC certificates", fault);
    }
  }

  private KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException fault) {
      throw new AssertionError("the JDK has P-256", fault);
    }
  }

  private static void write(Path file, X509Certificate certificate) throws IOException {
    try {
      Files.writeString(
          file, pem("CERTIFICATE", certificate.getEncoded()), StandardOpenOption.CREATE_NEW);
    } catch (GeneralSecurityException fault) {
      throw new IOException(file + ": " + fault.getMessage(), fault);
    }
  }

  private static void writePrivate(Path file, KeyPair keys) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Made with these permissions, so that nobody else can have opened it before.
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
    byte[] content =
        pem("PRIVATE KEY", keys.getPrivate().getEncoded()).getBytes(StandardCharsets.US_ASCII);
    Files.write(file, content, StandardOpenOption.WRITE);
  }

  private static String pem(String label, byte[] content) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN "
        + label
        + "-----\n"
        + encoder.encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
