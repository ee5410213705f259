// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** The index for this folder. */
  FolderIndex of(Path folder) throws IOException {
    Path inFolder = folder.resolve(IN_FOLDER);
    if (file != null) {
      return FolderIndex.read(file, manufacturerNames, modelIds);
    }
    return Files.exists(inFolder)
        ? FolderIndex.read(inFolder, manufacturerNames, modelIds)
        : FolderIndex.NONE;
  }
}
