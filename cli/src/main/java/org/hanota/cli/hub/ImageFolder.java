// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.hub.InMemoryImageStore;
import org.hanota.hub.StoredImage;
import org.hanota.otaformat.OtaFile;

/** The images of a folder, as a hub offers them. */
final class ImageFolder {
  private ImageFolder() {}

  /**
   * Reads every file of the folder.
   *
   * @param refused is told of each file that is no image, with the reason
   */
  static InMemoryImageStore read(Path folder, Consumer<String> refused) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailed(folder + ": is no folder, allowed a folder of OTA files");
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .sorted()
              .toList();
    }
    InMemoryImageStore store = new InMemoryImageStore();
    for (Path file : files) {
      if (Files.size(file) > OtaFile.MAXIMUM_IMAGE_OCTETS) {
        refused.accept(file + ": is longer than " + OtaFile.MAXIMUM_IMAGE_OCTETS + " octets");
        continue;
      }
      Octets octets = Octets.wrap(Files.readAllBytes(file));
      try {
        StoredImage image =
            StoredImage.checkAny(
                String.valueOf(file.getFileName()), octets, OtaFile.MAXIMUM_IMAGE_OCTETS);
        store.put(image, octets);
      } catch (FormatException fault) {
        refused.accept(file + ": " + fault.getMessage());
      }
    }
    return store;
  }
}
