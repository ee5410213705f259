// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/**
 * A folder that this process holds alone, by a lock on a file in it. The same file marks the folder
 * as hanota's own: where it is not, files that the owner might change are somebody else's.
 */
public final class OwnFolder implements Closeable {
  private static final String MARK = "hanota: the other files here are changed by it alone.\n";

  private final Path folder;
  private final FileChannel channel;
  private final boolean wasOurs;

  private OwnFolder(Path folder, FileChannel channel, boolean wasOurs) {
    this.folder = folder;
    this.channel = channel;
    this.wasOurs = wasOurs;
  }

  /**
   * Holds a folder, made if it is not there, until it is closed.
   *
   * @param lock the name of the file that marks it
   * @param touches names of files that the owner may change or remove
   * @throws IllegalStateException if another process holds it, or it has such files without the
   *     mark; nothing was changed then
   */
  public static OwnFolder hold(Path folder, String lock, Predicate<String> touches)
      throws IOException {
    Path marked = folder.resolve(lock);
    boolean wasOurs = Files.exists(marked);
    if (!wasOurs) {
      refuseForeign(folder, lock, touches);
    }
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            marked, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(folder, channel);
      mark(marked, channel);
      return new OwnFolder(folder, channel, wasOurs);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void refuseForeign(Path folder, String lock, Predicate<String> touches)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Optional<String> foreign;
    try (Stream<Path> files = Files.list(folder)) {
      foreign = files.map(file -> String.valueOf(file.getFileName())).filter(touches).findFirst();
    }
    if (foreign.isPresent()) {
      throw new IllegalStateException(
          "folder "
              + folder
              + " holds "
              + foreign.get()
              + " and no "
              + lock
              + ", so hanota did not make it and leaves it alone; give an empty folder, or make an"
              + " empty file of that name if the folder is hanota's");
    }
  }

  private static void lock(Path folder, FileChannel channel) throws IOException {
    @Nullable FileLock held;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException byThisProcess) {
      held = null;
    }
    if (held == null) {
      throw new IllegalStateException(
          "folder " + folder + " is in use by another process; stop that one first");
    }
  }

  /** One that an older version made is empty. */
  private static void mark(Path marked, FileChannel channel) throws IOException {
    Octets mark = Octets.wrap(MARK.getBytes(StandardCharsets.UTF_8));
    if (channel.size() == 0) {
      WholeFile.writeFully(channel, 0, mark);
      return;
    }
    if (channel.size() > mark.length()
        || !mark.slice(0, (int) channel.size()).equals(Octets.wrap(Files.readAllBytes(marked)))) {
      throw new IllegalStateException(
          marked + " is not the mark of a folder of hanota; give another folder");
    }
  }

  /** Whether it was marked before: what has a name of ours in it, we have made. */
  public boolean wasOurs() {
    return wasOurs;
  }

  /** Where it is. */
  public Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
