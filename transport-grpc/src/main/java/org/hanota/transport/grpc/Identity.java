// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;

/**
 * Whom a certificate names.
 *
 * @param name its subject, for people
 * @param addresses the nodes that its holder may speak for
 * @param operator whether its holder may steer a hub
 * @param until when it ends
 * @param issued what a list of revoked certificates calls it; empty for none
 */
public record Identity(
    String name,
    List<Range> addresses,
    boolean operator,
    Instant until,
    Optional<IssuerAndSerial> issued) {
  /** The URI of whoever may steer a hub. */
  public static final String OPERATOR = "urn:hanota:operator";

  private static final String PREFIX = "urn:hanota:eui64:";
  private static final Pattern ADDRESSES =
      Pattern.compile(PREFIX + "([0-9A-Fa-f]{16})(?:-([0-9A-Fa-f]{16}))?");

  /** GeneralName uniformResourceIdentifier. [RFC 5280, 4.2.1.6] */
  private static final int URI = 6;

  /** Whoever comes without TLS may do everything. */
  static final Identity ANYBODY =
      new Identity(
          "anybody",
          List.of(new Range(new Eui64(0), new Eui64(-1))),
          true,
          Instant.MAX,
          Optional.empty());

  /** Whoever has shown no certificate where one is due. */
  static final Identity NOBODY =
      new Identity("nobody", List.of(), false, Instant.MAX, Optional.empty());

  /** Keeps a copy of the list. */
  public Identity {
    addresses = List.copyOf(addresses);
  }

  /** Addresses from {@code first} to {@code last}, both included, as unsigned numbers. */
  public record Range(Eui64 first, Eui64 last) {
    /** Refuses a range that ends before it begins. */
    public Range {
      if (first.compareTo(last) > 0) {
        throw new IllegalArgumentException("last is " + last + ", allowed " + first + " and more");
      }
    }

    /** The range that begins at {@code first} and has {@code count} addresses. */
    public static Range of(Eui64 first, int count) {
      return new Range(first, new Eui64(first.value() + count - 1));
    }

    /** Whether the address lies in it. */
    public boolean contains(Eui64 address) {
      return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    /** The range as a URI of a certificate. */
    public String uri() {
      return PREFIX + this;
    }

    @Override
    public String toString() {
      return first.equals(last) ? first.toString() : first + "-" + last;
    }
  }

  /** Why the certificate counts no longer at that time; empty if it does. */
  String fault(Instant now) {
    return new Validity(Instant.MIN, until).fault(now);
  }

  /** Whether the holder may speak for the node. */
  public boolean speaksFor(Eui64 address) {
    return addresses.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Reads a certificate with the JDK alone; URIs of others are passed over.
   *
   * @throws FormatException if a URI of ours has not the form that it must have
   */
  public static Identity of(X509Certificate certificate) {
    List<Range> ranges = new ArrayList<>();
    boolean operator = false;
    for (String uri : uris(certificate)) {
      if (uri.equals(OPERATOR)) {
        operator = true;
      } else if (uri.startsWith(PREFIX)) {
        ranges.add(range(uri));
      }
    }
    return new Identity(
        certificate.getSubjectX500Principal().getName(),
        ranges,
        operator,
        certificate.getNotAfter().toInstant(),
        Optional.of(IssuerAndSerial.of(certificate)));
  }

  private static Range range(String uri) {
    Matcher matcher = ADDRESSES.matcher(uri);
    if (!matcher.matches()) {
      throw new FormatException("subjectAltName", 0, uri, PREFIX + "<first>[-<last>]");
    }
    Eui64 first = Eui64.parse(matcher.group(1));
    Eui64 last = matcher.group(2) == null ? first : Eui64.parse(matcher.group(2));
    if (first.compareTo(last) > 0) {
      throw new FormatException(
          "subjectAltName", 0, uri, "a last address of " + first + " or more");
    }
    return new Range(first, last);
  }

  private static List<String> uris(X509Certificate certificate) {
    List<String> uris = new ArrayList<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (name.get(0).equals(URI)) {
            uris.add((String) name.get(1));
          }
        }
      }
    } catch (CertificateParsingException fault) {
      FormatException format =
          new FormatException("subjectAltName", 0, String.valueOf(fault.getMessage()), "RFC 5280");
      format.initCause(fault);
      throw format;
    }
    return uris;
  }
}
