// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import java.util.Base64;
import java.util.regex.Pattern;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;

/** PEM texts: a labelled block of DER in base64. [RFC 7468] */
public final class Pem {
  private static final int LINE_LENGTH = 64; // RFC 7468, 2
  private static final String BEGIN = "-----BEGIN ";
  private static final Pattern LABEL = Pattern.compile("[A-Z0-9 ]{1,40}");

  private Pem() {}

  /** Whether {@code text} has the beginning of a block with {@code label}. */
  public static boolean has(String text, String label) {
    return text.contains(begin(label));
  }

  /**
   * The first block with {@code label}; what stands around it is passed over.
   *
   * @throws FormatException if {@code text} has none
   */
  public static Octets block(String text, String label) {
    String begin = begin(label);
    String end = "-----END " + label + "-----";
    int from = text.indexOf(begin);
    // The dashes that end the one line may not begin the other.
    int to = from < 0 ? -1 : text.indexOf(end, from + begin.length());
    if (from < 0 || to < 0) {
      throw new FormatException(
          "PEM", 0, found(text, label), begin + " .. " + end + cure(text, label));
    }
    if (text.startsWith("Proc-Type:", text.indexOf('\n', from) + 1)) {
      throw new FormatException(
          "PEM",
          from,
          "a key that is encrypted as old programs did",
          "PKCS#8; openssl pkcs8 -topk8 -in FILE -out FILE.pem converts it");
    }
    String base64 = text.substring(from + begin.length(), to).replaceAll("[ \t\r\n]", "");
    try {
      return Octets.wrap(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      // Not the decoder's own words: they show an octet, which may be part of a key.
      throw new FormatException("PEM", from, "another character", "base64");
    }
  }

  /** The text of one block. */
  public static String text(String label, Octets octets) {
    return begin(label)
        + "\n"
        + Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(octets.toByteArray())
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** What stands there instead, as far as that can be told without showing it. */
  private static String found(String text, String label) {
    if (DerText.isDer(text)) {
      return "no block " + label + ", but DER" + DerText.of(text).words();
    }
    int from = text.indexOf(BEGIN);
    int to = from < 0 ? -1 : text.indexOf("-----", from + BEGIN.length());
    String other = to < 0 ? "" : text.substring(from + BEGIN.length(), to);
    return LABEL.matcher(other).matches() && !other.equals(label)
        ? "no block " + label + ", but " + other
        : "no block " + label;
  }

  /** The command that makes what is wanted of what is there. */
  private static String cure(String text, String label) {
    if (DerText.isDer(text)) {
      return DerText.of(text).cure(label).map(command -> "; openssl " + command).orElse("");
    }
    return label.equals("PUBLIC KEY") && text.contains("PRIVATE KEY-----")
        ? "; openssl pkey -in FILE -pubout -out FILE.pem writes the public key"
        : "";
  }

  private static String begin(String label) {
    return BEGIN + label + "-----";
  }
}
