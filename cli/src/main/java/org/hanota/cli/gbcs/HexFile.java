// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.file.SavedText;
import org.hanota.cli.CommandFailed;

/**
 * Reads a message from a file of hexadecimal digits or base64, as editors and shells save them:
 * with a byte order mark, in UTF-16, within quotes. {@code -} is standard input.
 */
final class HexFile {
  /** A message has at most 64 KiB; this leaves room for white space. */
  private static final int TEXT_MAX = 1 << 20;

  private HexFile() {}

  static Octets read(Path file) throws IOException {
    String text;
    if (file.toString().equals("-")) {
      text = SavedText.read(System.in, 2 * TEXT_MAX + 2);
    } else if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new CommandFailed(
          file + (Files.isDirectory(file) ? ": is a folder" : ": no such file"));
    } else {
      text = SavedText.read(file, 2 * TEXT_MAX + 2);
    }
    if (text.length() > TEXT_MAX) {
      throw new CommandFailed(
          file + ": found more than " + TEXT_MAX + " characters, allowed a message in hexadecimal");
    }
    String digits = text.replaceAll("[\\s\"']", "");
    if (digits.isEmpty()) {
      throw new CommandFailed(file + ": is empty, allowed a message in hexadecimal or base64");
    }
    try {
      return octets(digits);
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
  }

  /** Hexadecimal digits are tried first: a message in base64 has other characters too. */
  private static Octets octets(String text) {
    try {
      return Octets.fromHex(text);
    } catch (FormatException notHex) {
      try {
        return Octets.wrap(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException notBase64) {
        throw notHex; // the form that is meant
      }
    }
  }
}
