// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * A file that is written beside the one whose place it takes with {@link #commit}: whoever looks
 * finds the old one or this, whole. With {@link #commitNew} it takes nobody's place. It grows under
 * a name that no file had, so nothing of anybody is overwritten. Closed before that, it is removed;
 * a process that ends before leaves it, to be known by {@link #isUnfinished}.
 */
public final class WholeFile implements Closeable {
  private static final int PIECE = 1 << 16;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final Path unfinished;
  private final FileChannel channel;
  private boolean committed;

  private WholeFile(Path file, Path unfinished, FileChannel channel) {
    this.file = file;
    this.unfinished = unfinished;
    this.channel = channel;
  }

  /**
   * Begins a file.
   *
   * @param attributes of the new file
   */
  public static WholeFile beside(Path file, FileAttribute<?>... attributes) throws IOException {
    for (int number = 1; ; number++) {
      Path unfinished = file.resolveSibling(file.getFileName() + "." + number + ".new");
      try {
        return new WholeFile(
            file,
            unfinished,
            FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                attributes));
      } catch (FileAlreadyExistsException another) {
        // Of another process, or left by one: it may still be somebody's.
        if (number == Integer.MAX_VALUE) {
          throw another;
        }
      }
    }
  }

  /** Whether {@code name} is that of a file that was begun in place of {@code finished}. */
  public static boolean isUnfinished(String name, String finished) {
    return name.startsWith(finished)
        && name.substring(finished.length()).matches("\\.[1-9][0-9]*\\.new");
  }

  /** Puts {@code octets} in place of {@code file}: afterwards it is the old or this. */
  public static void replace(Path file, OctetSource octets) throws IOException {
    try (WholeFile whole = beside(file)) {
      for (long at = 0; at < octets.size(); at += PIECE) {
        int length = (int) Math.min(PIECE, octets.size() - at);
        writeFully(whole.channel, at, octets.octets(at, length));
      }
      whole.commit();
    }
  }

  /**
   * Writes a file that is not there yet.
   *
   * @param attributes of the new file
   * @throws FileAlreadyExistsException if it is there
   */
  public static void create(Path file, Octets octets, FileAttribute<?>... attributes)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
      writeFully(channel, 0, octets);
      channel.force(true);
    }
    forceFolderOf(file);
  }

  /** Attributes of a new file for its owner alone, where the file system knows owners. */
  public static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  /** Writes all of {@code octets} at {@code position}. */
  public static void writeFully(FileChannel channel, long position, Octets octets)
      throws IOException {
    ByteBuffer buffer = octets.asByteBuffer();
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  /** A changed name in a folder is durable only when the folder itself is. */
  public static void forceFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      // A folder cannot be opened there, and NTFS keeps names in a journal of its own.
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Takes what is to be written. */
  public FileChannel channel() {
    return channel;
  }

  /** Where it grows, for whoever must open the file itself. */
  public Path path() {
    return unfinished;
  }

  /** Takes the place of the file. All of it is on the disk when this returns. */
  public void commit() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    committed = true;
    forceFolderOf(file);
  }

  /**
   * Becomes the file if there is none. All of it is on the disk when this returns.
   *
   * @throws FileAlreadyExistsException if there is one, which stays as it is
   */
  public void commitNew() throws IOException {
    channel.force(true);
    channel.close();
    if (!link()) {
      // An empty file holds the name, so that nobody else takes it in between.
      Files.createFile(file);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    committed = true;
    Files.deleteIfExists(unfinished);
    forceFolderOf(file);
  }

  /** Whether it has its name now; not where the file system has no links. */
  private boolean link() throws FileAlreadyExistsException {
    try {
      Files.createLink(file, unfinished);
      return true;
    } catch (FileAlreadyExistsException there) {
      throw there;
    } catch (UnsupportedOperationException | IOException noLinks) {
      return false;
    }
  }

  private static void forceFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      forceFolder(folder);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!committed) {
      Files.deleteIfExists(unfinished);
    }
  }
}
