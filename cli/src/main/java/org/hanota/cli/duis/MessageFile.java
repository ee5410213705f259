// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.headend.duis.Duis;

/** Reads a message from a file; {@code -} is standard input. */
final class MessageFile {
  private MessageFile() {}

  /** One octet more than the largest message at most, so that too large a one is told as such. */
  static Octets read(Path file) throws IOException {
    if (file.toString().equals("-")) {
      return Octets.wrap(System.in.readNBytes(Duis.OCTETS_MAX + 1));
    }
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new CommandFailed(
          file + (Files.isDirectory(file) ? ": is a folder" : ": no such file"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Octets.wrap(in.readNBytes(Duis.OCTETS_MAX + 1));
    }
  }
}
