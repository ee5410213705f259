// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;

/** Reads a message from a file of hexadecimal digits; {@code -} is standard input. */
final class HexFile {
  /** A message has at most 64 KiB; this leaves room for white space. */
  private static final int TEXT_MAX = 1 << 20;

  private HexFile() {}

  static Octets read(Path file) throws IOException {
    String text;
    if (file.toString().equals("-")) {
      text = text(System.in);
    } else if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new CommandFailed(
          file + (Files.isDirectory(file) ? ": is a folder" : ": no such file"));
    } else {
      try (InputStream in = Files.newInputStream(file)) {
        text = text(in);
      }
    }
    if (text.length() > TEXT_MAX) {
      throw new CommandFailed(
          file + ": found more than " + TEXT_MAX + " characters, allowed a message in hexadecimal");
    }
    try {
      return Octets.fromHex(text.replaceAll("\\s", ""));
    } catch (FormatException e) {
      throw CommandFailed.at(file, e);
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readNBytes(TEXT_MAX + 1), StandardCharsets.ISO_8859_1);
  }
}
