// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hanota.api.file.WholeFile;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written as a whole or not at all: it grows beside the one of its name and takes
 * its place with {@link #commit}. Closed before that, it leaves nothing behind. One that is there
 * already is replaced only where {@link Existing} says so. What is no file, as a device or a pipe,
 * is written directly.
 */
public final class OutputFile implements Closeable {
  private static final String CURE = "name another file, or replace it with --force";

  private final Path file;
  private final Existing existing;

  /** Null if the file is written directly. */
  private final @Nullable WholeFile whole;

  private final FileChannel channel;
  private final OutputStream stream;

  private OutputFile(Path file, Existing existing, boolean secret) throws IOException {
    refuseExisting(List.of(file), existing);
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw Files.exists(parent)
          ? new NotDirectoryException(parent.toString())
          : new NoSuchFileException(parent.toString());
    }
    this.existing = existing;
    // A link stays one: what it points to is replaced.
    this.file = Files.exists(file) ? file.toRealPath() : file;
    boolean direct = Files.exists(file) && !Files.isRegularFile(file);
    this.whole = direct ? null : WholeFile.beside(this.file, attributes(this.file, secret));
    this.channel =
        whole == null ? FileChannel.open(this.file, StandardOpenOption.WRITE) : whole.channel();
    this.stream = new Naming(file, Channels.newOutputStream(channel));
  }

  /** Begins a file; one that is there keeps its permissions. */
  public static OutputFile create(Path file, Existing existing) throws IOException {
    return new OutputFile(file, existing, false);
  }

  /** Begins a file for its owner alone, where the file system knows owners. */
  public static OutputFile createSecret(Path file, Existing existing) throws IOException {
    return new OutputFile(file, existing, true);
  }

  /** Writes a whole file. */
  public static void write(Path file, byte[] octets, Existing existing) throws IOException {
    try (OutputFile out = create(file, existing)) {
      out.stream().write(octets);
      out.commit();
    }
  }

  /** Begins a file whose octets are in it as soon as they are written. */
  public static OutputStream grow(Path file, Existing existing) throws IOException {
    refuseExisting(List.of(file), existing);
    if (existing == Existing.REPLACE || Files.exists(file)) {
      return Files.newOutputStream(file);
    }
    try {
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException meanwhile) {
      throw isThere(file, CURE);
    }
  }

  /** Makes a folder for files, if it is not there. */
  public static void makeFolder(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new FileSystemException(folder.toString(), null, "is a file, a folder is wanted");
    }
    Files.createDirectories(folder);
  }

  /** Refuses to go on where one of these files is there, unless they are to be replaced. */
  public static void refuseExisting(List<Path> files, Existing existing) {
    if (existing == Existing.KEEP) {
      refuseExisting(files, CURE);
    }
  }

  /** Refuses to go on where one of these files is there; {@code cure} says what to do then. */
  public static void refuseExisting(List<Path> files, String cure) {
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        throw isThere(file, cure);
      }
    }
  }

  private static CommandFailed isThere(Path file, String cure) {
    return new CommandFailed(file + ": is there already; " + cure);
  }

  private static FileAttribute<?>[] attributes(Path file, boolean secret) throws IOException {
    if (secret) {
      return WholeFile.ownerOnly(file);
    }
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return Files.exists(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(file))
        }
        : new FileAttribute<?>[0];
  }

  /** Takes the content; a failure names the file. */
  public OutputStream stream() {
    return stream;
  }

  /**
   * Puts what was written in place, once it is on the disk. What another program wrote there since
   * the begin is kept too, unless files are to be replaced.
   */
  public void commit() throws IOException {
    if (whole != null) {
      try {
        if (existing == Existing.KEEP) {
          whole.commitNew();
        } else {
          whole.commit();
        }
      } catch (FileAlreadyExistsException meanwhile) {
        throw isThere(file, CURE);
      } catch (FileSystemException named) {
        throw named;
      } catch (IOException fault) {
        throw naming(file, fault);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (whole == null) {
      channel.close();
    } else {
      whole.close();
    }
  }

  private static IOException naming(Path file, IOException fault) {
    return new IOException(file + ": " + fault.getMessage(), fault);
  }

  /** The operating system does not say which file is full. */
  private static final class Naming extends FailingStream {
    private final Path file;

    Naming(Path file, OutputStream out) {
      super(out);
      this.file = file;
    }

    @Override
    IOException failed(IOException fault) {
      return naming(file, fault);
    }
  }
}
