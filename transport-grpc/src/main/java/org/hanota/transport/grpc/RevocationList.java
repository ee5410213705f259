// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that their authorities have taken back: a file of CRLs that is read again when
 * it changes. A file that cannot be read then, or ends, is told of once; what was read before still
 * counts, since nobody may bring a certificate back by damaging a file. [RFC 5280, 5] [hanota H72]
 *
 * <p>For any thread.
 */
final class RevocationList {
  private static final String CURE = "get a newer one from the authority";

  private final Path file;
  private final List<X509Certificate> authorities;
  private volatile Contents contents;

  /** How often the file was read. */
  private volatile int readings = 1;

  /** What was told of last, so that it is told once. */
  private String told = "";

  /**
   * @param revoked when each was taken back
   * @param until when the first of the lists ends
   * @param stamp the octets' place and time in the file system
   */
  private record Contents(Map<IssuerAndSerial, Instant> revoked, Instant until, Stamp stamp) {}

  private record Stamp(long modifiedMillis, long octets, @Nullable Object key) {
    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
    }
  }

  private RevocationList(Path file, List<X509Certificate> authorities, Contents contents) {
    this.file = file;
    this.authorities = authorities;
    this.contents = contents;
  }

  /**
   * Reads a file that must be right and of now.
   *
   * @param authorities one of which must have signed each list
   * @throws IOException naming the file, what is wrong with it, and the cure
   */
  static RevocationList read(Path file, Collection<X509Certificate> authorities, Instant now)
      throws IOException {
    List<X509Certificate> known = List.copyOf(authorities);
    return new RevocationList(file, known, contents(file, known, now));
  }

  /** Reads the file again if it has changed. Returns what is wrong with it, if that is new. */
  synchronized Optional<String> refresh(Instant now) {
    String problem = "";
    try {
      if (!Stamp.of(file).equals(contents.stamp())) {
        contents = contents(file, authorities, now);
        readings = readings + 1;
      }
      problem = ended(contents.until(), now);
    } catch (IOException fault) {
      problem = words(fault);
    }
    boolean isNews = !problem.equals(told) && !problem.isEmpty();
    told = problem;
    return isNews ? Optional.of(problem + "; what was read before counts") : Optional.empty();
  }

  private String words(IOException fault) {
    return fault instanceof NoSuchFileException
        ? file + ": no such list of revoked certificates"
        : String.valueOf(fault.getMessage());
  }

  int readings() {
    return readings;
  }

  /** Why a certificate counts no longer; empty if it is on no list. */
  String fault(IssuerAndSerial certificate) {
    Instant since = contents.revoked().get(certificate);
    return since == null ? "" : "was revoked on " + since;
  }

  private String ended(Instant until, Instant now) {
    return now.isAfter(until)
        ? file + ": the list of revoked certificates ended on " + until + "; " + CURE
        : "";
  }

  private static Contents contents(Path file, List<X509Certificate> authorities, Instant now)
      throws IOException {
    Stamp stamp;
    byte[] octets;
    try {
      // First the stamp: what changes meanwhile is read again.
      stamp = Stamp.of(file);
      octets = Files.readAllBytes(file);
    } catch (NoSuchFileException none) {
      throw new IOException(file + ": no such list of revoked certificates", none);
    }
    Map<IssuerAndSerial, Instant> revoked = new HashMap<>();
    Instant until = Instant.MAX;
    int lists = 0;
    for (CRL list : lists(file, octets)) {
      X509CRL checked = checked(file, (X509CRL) list, authorities, now);
      Instant ends = checked.getNextUpdate().toInstant();
      until = ends.isBefore(until) ? ends : until;
      add(checked, revoked);
      lists++;
    }
    if (lists == 0) {
      throw new IOException(file + ": found no list of revoked certificates, allowed is PEM (CRL)");
    }
    return new Contents(Map.copyOf(revoked), until, stamp);
  }

  private static Collection<? extends CRL> lists(Path file, byte[] octets) throws IOException {
    try {
      return CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(octets));
    } catch (CertificateException | CRLException damaged) {
      throw new IOException(
          file + ": is damaged, allowed is a list of revoked certificates in PEM; " + CURE,
          damaged);
    }
  }

  private static void add(X509CRL list, Map<IssuerAndSerial, Instant> revoked) {
    Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
    if (entries != null) {
      for (X509CRLEntry entry : entries) {
        revoked.put(
            new IssuerAndSerial(list.getIssuerX500Principal(), entry.getSerialNumber()),
            entry.getRevocationDate().toInstant());
      }
    }
  }

  private static X509CRL checked(
      Path file, X509CRL list, List<X509Certificate> authorities, Instant now) throws IOException {
    if (authorities.stream().noneMatch(authority -> isOf(list, authority))) {
      throw new IOException(
          file
              + ": the list of "
              + list.getIssuerX500Principal()
              + " is signed by none of the trusted authorities; "
              + CURE);
    }
    if (list.hasUnsupportedCriticalExtension()) {
      throw new IOException(
          file + ": the list says something critical that is not understood; " + CURE);
    }
    if (list.getNextUpdate() == null) {
      throw new IOException(file + ": the list does not say when it ends; " + CURE);
    }
    Instant from = list.getThisUpdate().toInstant();
    Instant until = list.getNextUpdate().toInstant();
    String fault = new Validity(from, until).fault(now);
    if (!fault.isEmpty()) {
      throw new IOException(file + ": the list of revoked certificates " + fault + "; " + CURE);
    }
    return list;
  }

  private static boolean isOf(X509CRL list, X509Certificate authority) {
    if (!list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
      return false;
    }
    try {
      list.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException other) {
      return false; // another key of the same name, or a list that was changed
    }
  }
}
