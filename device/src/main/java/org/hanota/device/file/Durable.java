// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.hanota.api.Octets;

/** Writes that have reached the disk when they return. */
final class Durable {
  private static final String UNFINISHED = ".new";

  private Durable() {}

  /** Puts {@code octets} in place of {@code file} as a whole: afterwards it is the old or this. */
  static void replace(Path file, Octets octets) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeFully(channel, 0, octets);
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = file.getParent();
    if (folder != null) {
      forceFolder(folder);
    }
  }

  static void writeFully(FileChannel channel, long position, Octets octets) throws IOException {
    ByteBuffer buffer = octets.asByteBuffer();
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  /** A new name in a folder is durable only when the folder itself is. */
  static void forceFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      // A folder cannot be opened there, and NTFS keeps names in a journal of its own.
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
