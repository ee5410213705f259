// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.hub.store.FileImageStore;
import org.hanota.hub.store.MvTransferStore;
import org.jspecify.annotations.Nullable;

/**
 * The stores of a hub that serves, held open: the images that it has taken from the user's folder,
 * and what it knows of its devices.
 */
record ServeFolders(FileImageStore images, MvTransferStore transfers) implements AutoCloseable {
  /**
   * Opens the stores.
   *
   * @param folder the user's images
   * @param store where the stores are; null for a folder among the images
   */
  static ServeFolders open(Path folder, @Nullable Path store) throws IOException {
    Path kept = kept(folder, store);
    refuseOverlap(folder, kept);
    return open(kept);
  }

  /** As the other; {@code store} is given where there is no folder of the user's. */
  static ServeFolders open(Optional<Path> folder, @Nullable Path store) throws IOException {
    return folder.isPresent()
        ? open(folder.get(), store)
        : open(Objects.requireNonNull(store, "store"));
  }

  private static ServeFolders open(Path kept) {
    FileImageStore images = opened(() -> FileImageStore.open(kept.resolve("images")));
    try {
      return new ServeFolders(images, opened(() -> MvTransferStore.open(kept)));
    } catch (RuntimeException unusable) {
      images.close();
      throw unusable;
    }
  }

  /** Where the stores are. */
  static Path kept(Path folder, @Nullable Path store) {
    return store == null ? folder.resolve(".hanota") : store;
  }

  /** The folder that an option names. */
  static Path imageFolder(@Nullable Path images) {
    if (images == null) {
      throw new CommandFailed(ExitCode.USAGE, "--images DIR is missing: the folder of OTA files");
    }
    if (!Files.isDirectory(images)) {
      throw new CommandFailed(images + ": is no folder, allowed a folder of OTA files");
    }
    return images;
  }

  /** The hub changes whatever is in its store; nobody's firmware may be among it. */
  private static void refuseOverlap(Path images, Path store) throws IOException {
    if (images.toRealPath().startsWith(real(store))) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--images "
              + images
              + " is in --store "
              + store
              + ", allowed a folder outside of it: all that is in the store is the hub's own");
    }
  }

  /** Where a folder is, or will be, whatever links lead there. */
  private static Path real(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (Files.exists(absolute) || parent == null) {
      return absolute.toRealPath();
    }
    return real(parent).resolve(String.valueOf(absolute.getFileName()));
  }

  /** A store that another hub holds, or that cannot be written, is for the user to mend. */
  private static <T> T opened(Supplier<T> store) {
    try {
      return store.get();
    } catch (IllegalStateException | UncheckedIOException unusable) {
      throw new CommandFailed(String.valueOf(unusable.getMessage()));
    }
  }

  /** Tells what was found damaged when the stores were opened, and what was done about it. */
  void tellRepairs(Consumer<String> warn) {
    images.repairs().forEach(warn);
    transfers.repairs().forEach(warn);
  }

  @Override
  public void close() {
    try {
      transfers.close();
    } finally {
      images.close();
    }
  }
}
