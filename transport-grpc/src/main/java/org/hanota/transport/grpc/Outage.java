// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a call to a hub, or a stream to it, came to nothing.
 *
 * @param words for people; none of the library's own unless nothing better is known
 * @param forGood whether another attempt would end in the same way
 */
record Outage(String words, boolean forGood) {
  private static final String HTTP_HEX = ": 48545450";

  /** Alerts about a certificate, as the TLS library names them. [RFC 8446, 6.2] */
  private static final Pattern CERTIFICATE_ALERT =
      Pattern.compile("(?:BAD_|UNSUPPORTED_)?CERTIFICATE_?(?:EXPIRED|REVOKED|UNKNOWN)?|UNKNOWN_CA");

  /**
   * What {@code status} means for whoever called.
   *
   * @param security how this side called
   * @param heard whether the hub had said anything over this connection before
   * @param now for the dates of this side's certificate
   */
  static Outage of(Status status, Security security, boolean heard, Instant now) {
    String detail = firstLine(status.getDescription());
    Throwable cause = status.getCause();
    if (has(cause, ConnectException.class) != null) {
      return new Outage("nothing answers there; is a hub serving at this address?", false);
    }
    // A server of TLS ends a plaintext connection with or without a reset, as the race will have
    // it.
    if (detail.equals("Network closed for unknown reason")
        || (security instanceof Security.Insecure
            && !heard
            && has(cause, IOException.class) != null)) {
      return new Outage(
          "it closes the connection; does it want certificates, and not --insecure?", false);
    }
    if (isWeb(detail) || isWeb(firstLine(cause == null ? null : cause.getMessage()))) {
      return new Outage(
          "a web server answers there; is it the port of the hub's page? Devices and operators"
              + " connect to that of --listen",
          true);
    }
    Throwable tls = has(cause, SSLException.class);
    if (tls != null && !firstLine(tls.getMessage()).startsWith("Connection closed")) {
      return new Outage(handshake(tls, security, now), true);
    }
    return switch (status.getCode()) {
      case FAILED_PRECONDITION, PERMISSION_DENIED, UNAUTHENTICATED ->
          new Outage("it refuses: " + detail, true);
      case UNAVAILABLE ->
          detail.equals(ControlService.ENDS) || has(cause, IOException.class) != null
              ? new Outage("the hub ended, or the network broke", false)
              : new Outage(plain(status, detail), false);
      default -> new Outage(plain(status, detail), false);
    };
  }

  /**
   * Whether the octets of an answer, which the library shows behind a colon, begin with "HTTP". A
   * hub without TLS may have that word further on: it names the protocol that it missed.
   */
  private static boolean isWeb(String text) {
    return text.toLowerCase(Locale.ROOT).contains(HTTP_HEX);
  }

  /** Why there was no handshake: whose certificate is at fault, if one is. */
  private static String handshake(Throwable tls, Security security, Instant now) {
    Throwable refused = has(tls, CertificateException.class);
    if (refused != null) {
      return "this side does not take its certificate: " + firstLine(refused.getMessage());
    }
    if (security instanceof Security.MutualTls own) {
      String fault = ownFault(own, now);
      if (!fault.isEmpty()) {
        return fault;
      }
      Matcher alert = CERTIFICATE_ALERT.matcher(firstLine(tls.getMessage()));
      if (alert.find()) {
        return "it does not take "
            + own.certificateChain()
            + " (alert: "
            + alert.group().toLowerCase(Locale.ROOT).replace('_', ' ')
            + "); is it of the hub's authority, and are both clocks right?";
      }
    }
    return "no TLS with it; was it started with --insecure, or with other certificates?";
  }

  private static String ownFault(Security.MutualTls own, Instant now) {
    try {
      return OwnCertificate.fault(own.certificateChain(), now);
    } catch (IOException gone) {
      return String.valueOf(gone.getMessage());
    }
  }

  private static String plain(Status status, String detail) {
    String cause = status.getCause() == null ? "" : firstLine(status.getCause().getMessage());
    return status.getCode()
        + (detail.isEmpty() ? "" : ": " + detail)
        + (cause.isEmpty() ? "" : " (" + cause + ")");
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  private static @Nullable Throwable has(
      @Nullable Throwable fault, Class<? extends Throwable> wanted) {
    Throwable at = fault;
    while (at != null && !wanted.isInstance(at)) {
      at = at.getCause();
    }
    return at;
  }
}
