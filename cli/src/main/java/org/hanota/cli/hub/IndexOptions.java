// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which index a hub obeys, and what its devices are, as far as an index asks for it. */
final class IndexOptions {
  private static final String IN_FOLDER = "index.json";

  @Option(
      names = "--index",
      paramLabel = "FILE",
      description =
          "An OTA index: images of the folder are only for the devices that their entries allow"
              + " (default: index.json in the images' folder, if there is one).")
  private @Nullable Path file;

  @Option(
      names = "--manufacturer-name",
      paramLabel = "TEXT",
      description =
          "The manufacturer name of the hub's devices, for images of an index that are for some"
              + " names only; may be given more than once.")
  private final List<String> manufacturerNames = new ArrayList<>();

  @Option(names = "--model-id", paramLabel = "TEXT", description = "Likewise the model identifier.")
  private final List<String> modelIds = new ArrayList<>();

  /** The index for this folder, as it is now. */
  FolderIndex of(Path folder) throws IOException {
    Optional<Path> index = file(folder);
    return index.isPresent()
        ? FolderIndex.read(index.get(), manufacturerNames, modelIds)
        : FolderIndex.NONE;
  }

  /** Where the index for this folder is, if there is one. */
  Optional<Path> file(Path folder) {
    Path inFolder = folder.resolve(IN_FOLDER);
    return Optional.ofNullable(file).or(() -> Optional.of(inFolder).filter(Files::exists));
  }
}
