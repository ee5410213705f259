// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.file.SavedText;
import org.hanota.api.file.WholeFile;
import org.hanota.keys.Der;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.Pem;
import org.hanota.keys.Sha256;
import org.hanota.transport.grpc.Identity;

/**
 * Issues EC P-256 certificates for hubs, devices and operators, and takes them back. For tests and
 * experiments: its key lies in a file, and it has nothing to do with the smart metering key
 * infrastructure.
 */
public final class TestAuthority {
  private static final Octets ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
  private static final Octets SUBJECT_KEY_IDENTIFIER = Der.oid(2, 5, 29, 14);
  private static final Octets KEY_USAGE = Der.oid(2, 5, 29, 15);
  private static final Octets SUBJECT_ALT_NAME = Der.oid(2, 5, 29, 17);
  private static final Octets BASIC_CONSTRAINTS = Der.oid(2, 5, 29, 19);
  private static final Octets CRL_NUMBER = Der.oid(2, 5, 29, 20);
  private static final Octets AUTHORITY_KEY_IDENTIFIER = Der.oid(2, 5, 29, 35);
  private static final Octets EXTENDED_KEY_USAGE = Der.oid(2, 5, 29, 37);
  private static final Octets SERVER_AUTH = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1);
  private static final Octets CLIENT_AUTH = Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 2);

  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0xA0;

  /** Clocks of test machines differ. */
  private static final Duration BACKDATED = Duration.ofHours(1);

  private static final int SERIAL_BITS = 127;
  private static final int IDENTIFIER_OCTETS = 20;

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String REVOCATION_LIST = "X509 CRL";

  /** No key or certificate is longer. */
  private static final int FILE_MAX = 1 << 16;

  private final SecureRandom random;
  private final X500Principal name;
  private final P256PrivateKey keys;
  private final Instant from;
  private final Instant until;
  private final X509Certificate certificate;

  /** An authority with a new key whose certificates are valid from now for so long. */
  public TestAuthority(String commonName, Instant now, Duration valid) {
    this(
        new X500Principal("CN=" + commonName),
        P256PrivateKey.generate(new SecureRandom()),
        now,
        valid);
  }

  private TestAuthority(X500Principal name, P256PrivateKey keys, Instant now, Duration valid) {
    this.random = new SecureRandom();
    this.name = name;
    this.from = now.minus(BACKDATED).truncatedTo(ChronoUnit.SECONDS);
    this.until = now.plus(valid).truncatedTo(ChronoUnit.SECONDS);
    this.keys = keys;
    this.certificate = sign(name, keys.publicKey(), authorityExtensions());
  }

  /**
   * The authority that {@link #write} wrote, with the same name and key, so that who trusts its
   * certificate of before trusts what it issues now; its own certificate and what it issues are
   * valid from now for so long.
   *
   * @throws IOException naming the file that is wrong
   */
  public static TestAuthority read(Path folder, String fileName, Instant now, Duration valid)
      throws IOException {
    X509Certificate before = read(folder.resolve(fileName + ".pem"));
    Path secret = folder.resolve(fileName + ".key");
    P256PrivateKey keys;
    try {
      keys = KeyPem.privateKey(SavedText.read(secret, FILE_MAX), Optional.empty());
    } catch (FormatException wrong) {
      throw new IOException(secret + ": " + wrong.getMessage(), wrong);
    }
    if (!KeyPem.der(keys.publicKey()).equals(Octets.wrap(before.getPublicKey().getEncoded()))) {
      throw new IOException(secret + ": is not the key of the certificate beside it");
    }
    return new TestAuthority(before.getSubjectX500Principal(), keys, now, valid);
  }

  /**
   * Reads a certificate.
   *
   * @throws IOException naming the file if it holds none
   */
  public static X509Certificate read(Path file) throws IOException {
    try {
      return parse(Pem.block(SavedText.read(file, FILE_MAX), CERTIFICATE));
    } catch (FormatException | CertificateException wrong) {
      throw new IOException(file + ": found no certificate, allowed is PEM", wrong);
    }
  }

  /** Whether this authority's key signed that certificate. */
  public boolean issued(X509Certificate other) {
    try {
      other.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException by) {
      return false; // somebody else's
    }
  }

  /** The same certificate, for the same key and names, valid from now for so long. */
  public X509Certificate renewed(X509Certificate before) {
    P256PublicKey key = KeyPem.publicKey(before.getPublicKey());
    return sign(
        before.getSubjectX500Principal(),
        key,
        extensions(key, Octets.wrap(before.getExtensionValue("2.5.29.17"))));
  }

  /**
   * Writes the list of all certificates that this authority has taken back, in place of an earlier
   * one; it counts as long as what the authority issues. [RFC 5280, 5.1]
   *
   * @param revoked when each was taken back, by its number
   */
  public void writeRevoked(Path file, SortedMap<BigInteger, Instant> revoked) throws IOException {
    List<Octets> entries = new ArrayList<>();
    revoked.forEach(
        (serial, since) -> entries.add(Der.sequence(Der.integer(serial), Der.time(since))));
    Octets all = Der.sequence(entries.toArray(new Octets[0]));
    Octets extensions =
        Der.sequence(
            authorityKeyIdentifier(), extension(CRL_NUMBER, Der.integer(from.getEpochSecond())));
    Octets toBeSigned =
        Der.sequence(
            Der.integer(BigInteger.ONE),
            ECDSA_WITH_SHA256,
            Octets.wrap(name.getEncoded()),
            Der.time(from),
            Der.time(until),
            // An empty list is left out. [RFC 5280, 5.1.2.6]
            entries.isEmpty() ? Octets.EMPTY : all,
            Der.element(CONSTRUCTED, extensions));
    Octets signature = keys.sign(toBeSigned).der();
    Octets list = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bitString(0, signature));
    WholeFile.replace(file, octets(Pem.text(REVOCATION_LIST, list)));
  }

  /**
   * The numbers of a list that {@link #writeRevoked} wrote, and when each was taken back.
   *
   * @throws IOException naming the file if it holds no list
   */
  public static SortedMap<BigInteger, Instant> readRevoked(Path file) throws IOException {
    SortedMap<BigInteger, Instant> revoked = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
      Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
      if (entries != null) {
        entries.forEach(
            entry -> revoked.put(entry.getSerialNumber(), entry.getRevocationDate().toInstant()));
      }
      return revoked;
    } catch (CRLException | CertificateException wrong) {
      throw new IOException(file + ": found no list of revoked certificates", wrong);
    }
  }

  /** Replaces the certificate in a file; its key stays. */
  public static void replace(Path file, X509Certificate certificate) throws IOException {
    WholeFile.replace(file, octets(pem(file, certificate)));
  }

  /** A certificate with its key, which {@code toString} does not show. */
  public static final class Issued {
    private final X509Certificate certificate;
    private final P256PrivateKey keys;

    Issued(X509Certificate certificate, P256PrivateKey keys) {
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
      Path secret = folder.resolve(fileName + ".key");
      create(secret, KeyPem.text(keys), WholeFile.ownerOnly(secret));
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
    List<Octets> names = new ArrayList<>();
    names.add(Der.text(CONTEXT | 6, address.uri()));
    for (String host : hosts) {
      names.add(hostName(host));
    }
    return issue(commonName, names);
  }

  /** A certificate for a server with these host names and addresses that is no hub. */
  public Issued server(String commonName, List<String> hosts) {
    return issue(commonName, hosts.stream().map(TestAuthority::hostName).toList());
  }

  /** A certificate for a process with the devices of these ranges. */
  public Issued devices(String commonName, List<Identity.Range> addresses) {
    List<Octets> names = new ArrayList<>();
    addresses.forEach(range -> names.add(Der.text(CONTEXT | 6, range.uri())));
    return issue(commonName, names);
  }

  /** A certificate for whoever steers hubs. */
  public Issued operator(String commonName) {
    return issue(commonName, List.of(Der.text(CONTEXT | 6, Identity.OPERATOR)));
  }

  private static Octets hostName(String host) {
    if (host.matches("[0-9.]+|.*:.*")) {
      try {
        // A literal address; nothing is looked up.
        return Der.element(CONTEXT | 7, Octets.wrap(InetAddress.getByName(host).getAddress()));
      } catch (IOException fault) {
        throw new IllegalArgumentException(
            "host is " + host + ", allowed a name or address", fault);
      }
    }
    return Der.text(CONTEXT | 2, host);
  }

  private Issued issue(String commonName, List<Octets> names) {
    P256PrivateKey issued = P256PrivateKey.generate(random);
    Octets alternatives = Der.octetString(Der.sequence(names.toArray(new Octets[0])));
    X500Principal subject = new X500Principal("CN=" + commonName);
    P256PublicKey key = issued.publicKey();
    return new Issued(sign(subject, key, extensions(key, alternatives)), issued);
  }

  private Octets extensions(P256PublicKey issued, Octets alternatives) {
    return Der.sequence(
        critical(BASIC_CONSTRAINTS, Der.sequence()),
        // digitalSignature
        critical(KEY_USAGE, Der.bitString(7, Octets.copyOf((byte) 0x80))),
        extension(EXTENDED_KEY_USAGE, Der.sequence(SERVER_AUTH, CLIENT_AUTH)),
        Der.sequence(SUBJECT_ALT_NAME, alternatives),
        authorityKeyIdentifier(),
        extension(SUBJECT_KEY_IDENTIFIER, Der.octetString(identifier(issued))));
  }

  private Octets authorityKeyIdentifier() {
    return extension(
        AUTHORITY_KEY_IDENTIFIER, Der.sequence(Der.element(CONTEXT, identifier(keys.publicKey()))));
  }

  private Octets authorityExtensions() {
    return Der.sequence(
        critical(BASIC_CONSTRAINTS, Der.sequence(Der.truth())),
        // keyCertSign and cRLSign
        critical(KEY_USAGE, Der.bitString(1, Octets.copyOf((byte) 0x06))),
        extension(SUBJECT_KEY_IDENTIFIER, Der.octetString(identifier(keys.publicKey()))));
  }

  private static Octets critical(Octets oid, Octets value) {
    return Der.sequence(oid, Der.truth(), Der.octetString(value));
  }

  private static Octets extension(Octets oid, Octets value) {
    return Der.sequence(oid, Der.octetString(value));
  }

  /** Any unique number will do; this one is of the whole key. [RFC 5280, 4.2.1.2] */
  private static Octets identifier(P256PublicKey key) {
    return Sha256.of(KeyPem.der(key)).slice(0, IDENTIFIER_OCTETS);
  }

  private X509Certificate sign(X500Principal subject, P256PublicKey subjectKey, Octets extensions) {
    Octets toBeSigned =
        Der.sequence(
            Der.element(CONSTRUCTED, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)),
            ECDSA_WITH_SHA256,
            Octets.wrap(name.getEncoded()),
            Der.sequence(Der.time(from), Der.time(until)),
            Octets.wrap(subject.getEncoded()),
            KeyPem.der(subjectKey),
            Der.element(CONSTRUCTED | 3, extensions));
    Octets signature = keys.sign(toBeSigned).der();
    Octets encoded = Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bitString(0, signature));
    try {
      return parse(encoded);
    } catch (CertificateException fault) {
      throw new AssertionError("the JDK reads EC certificates", fault);
    }
  }

  private static X509Certificate parse(Octets encoded) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded.toByteArray()));
  }

  private static void write(Path file, X509Certificate certificate) throws IOException {
    create(file, pem(file, certificate));
  }

  private static String pem(Path file, X509Certificate certificate) throws IOException {
    try {
      return Pem.text(CERTIFICATE, Octets.wrap(certificate.getEncoded()));
    } catch (CertificateEncodingException fault) {
      throw new IOException(file + ": " + fault.getMessage(), fault);
    }
  }

  private static void create(Path file, String text, FileAttribute<?>... attributes)
      throws IOException {
    WholeFile.create(file, octets(text), attributes);
  }

  private static Octets octets(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
