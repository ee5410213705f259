// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.util.Optional;

/** What DER holds that was read as a text, a character an octet; told by its first octets. */
enum DerText {
  PRIVATE_KEY(" of a private key"),
  ENCRYPTED_PRIVATE_KEY(" of an encrypted private key"),
  PUBLIC_KEY(" of a public key"),
  CERTIFICATE(" of a certificate"),
  OTHER("");

  private static final char SEQUENCE = 0x30;
  private static final char LONG_LENGTH = 0x80;
  private static final String VERSION = "\u0002\u0001"; // PKCS#8 and SEC 1 begin with a number
  private static final String EXPLICIT_VERSION = "\u00a0\u0003"; // RFC 5280, 4.1
  private static final String OBJECT_IDENTIFIER = "\u0006";
  private static final String PKCS5 = "\u0006\u0009*\u0086H\u0086\u00f7\r\u0001\u0005"; // RFC 8018

  private final String words;

  DerText(String words) {
    this.words = words;
  }

  /** A sequence in DER that was read as a text. */
  static boolean isDer(String text) {
    return text.length() > 2
        && text.charAt(0) == SEQUENCE
        && !text.contains("-----BEGIN ")
        && text.chars()
            .anyMatch(character -> character < ' ' && !Character.isWhitespace(character));
  }

  static DerText of(String der) {
    String first = within(der);
    if (first.startsWith(VERSION)) {
      return PRIVATE_KEY;
    }
    String second = within(first);
    if (second.startsWith(EXPLICIT_VERSION)) {
      return CERTIFICATE;
    }
    if (second.startsWith(PKCS5)) {
      return ENCRYPTED_PRIVATE_KEY;
    }
    // An algorithm, then a bit string: RFC 5280, 4.1.2.7.
    return second.startsWith(OBJECT_IDENTIFIER) ? PUBLIC_KEY : OTHER;
  }

  /** For a message: what it is, behind "DER". */
  String words() {
    return words;
  }

  /** OpenSSL's command that makes the PEM block {@code label} of it, if one can. */
  Optional<String> cure(String label) {
    String command =
        switch (label) {
          case "CERTIFICATE" -> this == CERTIFICATE ? "x509 -inform DER" : "";
          case "PUBLIC KEY" ->
              switch (this) {
                case PUBLIC_KEY -> "pkey -pubin -inform DER";
                case PRIVATE_KEY, ENCRYPTED_PRIVATE_KEY -> "pkey -inform DER -pubout";
                case CERTIFICATE -> "x509 -inform DER -noout -pubkey";
                case OTHER -> "";
              };
          default -> this == PRIVATE_KEY || this == ENCRYPTED_PRIVATE_KEY ? "pkey -inform DER" : "";
        };
    return command.isEmpty()
        ? Optional.empty()
        : Optional.of(command + " -in FILE -out FILE.pem converts it");
  }

  /** What stands in the sequence with which {@code der} begins. */
  private static String within(String der) {
    if (der.length() < 2 || der.charAt(0) != SEQUENCE) {
      return "";
    }
    char length = der.charAt(1);
    int header = length < LONG_LENGTH ? 2 : 2 + length - LONG_LENGTH;
    return header < der.length() ? der.substring(header) : "";
  }
}
