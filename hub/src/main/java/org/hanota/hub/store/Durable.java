// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.otaformat.OctetSink;

/** Files that are on the disk, whole, when the call returns; and folders held by one process. */
final class Durable {
  /** The end of a name that is not finished. */
  static final String UNFINISHED = ".new";

  private Durable() {}

  /** Puts {@code octets} in place of {@code file}: afterwards it is whole, the old or this. */
  static void replace(Path file, OctetSource octets) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (long at = 0; at < octets.size(); at += OctetSink.PIECE) {
        write(channel, octets.octets(at, (int) Math.min(OctetSink.PIECE, octets.size() - at)));
      }
    }
    finish(unfinished, file);
  }

  /** Puts a file that is all written in place of another, as one step. */
  static void finish(Path unfinished, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = file.getParent();
    if (folder != null) {
      forceFolder(folder);
    }
  }

  private static void write(FileChannel channel, Octets piece) throws IOException {
    ByteBuffer buffer = piece.asByteBuffer();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** A changed name in a folder is durable only when the folder itself is. */
  static void forceFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      // A folder cannot be opened there, and NTFS keeps names in a journal of its own.
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Holds a folder, made if it is not there, until the channel is closed.
   *
   * @throws IllegalStateException if another holds it
   */
  static FileChannel lock(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean held;
    try {
      held = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      held = false;
    }
    if (!held) {
      channel.close();
      throw new IllegalStateException(
          "folder " + folder + " is in use by another hub; stop that one first");
    }
    return channel;
  }

  /** Moves a damaged file out of the way. */
  static void setAside(Path file) throws IOException {
    Files.move(file, aside(file));
  }

  /** Keeps a copy of a damaged file that is about to be replaced, if it is there. */
  static void copyAside(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.copy(file, aside(file));
    }
  }

  /** A name not in use. */
  private static Path aside(Path file) {
    for (int i = 1; ; i++) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + i);
      if (!Files.exists(aside)) {
        return aside;
      }
    }
  }
}
