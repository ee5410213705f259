// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.hub.ImageStore;
import org.hanota.hub.StoredImage;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaFile;

/** The images of a folder, as a hub offers them. */
final class ImageFolder {
  private ImageFolder() {}

  /**
   * Reads every file of the folder into the store, and takes out of it what is no longer there.
   *
   * @param unmarked of which kind files are that do not say it themselves; empty: they are refused
   * @param refused is told of each file that is no image, with the reason
   */
  static void read(
      Path folder, Optional<FileKind> unmarked, ImageStore store, Consumer<String> refused)
      throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .sorted()
              .toList();
    }
    Set<Octets> there = new TreeSet<>();
    for (Path file : files) {
      if (Files.size(file) > OtaFile.MAXIMUM_IMAGE_OCTETS) {
        refused.accept(file + ": is longer than " + OtaFile.MAXIMUM_IMAGE_OCTETS + " octets");
        continue;
      }
      Octets octets = Octets.wrap(Files.readAllBytes(file));
      try {
        StoredImage image = check(String.valueOf(file.getFileName()), octets, unmarked);
        store.put(image, octets);
        there.add(image.sha256());
      } catch (FormatException fault) {
        refused.accept(file + ": " + fault.getMessage());
      }
    }
    for (StoredImage stored : store.images()) {
      if (!there.contains(stored.sha256())) {
        store.remove(stored.sha256());
      }
    }
  }

  private static StoredImage check(String name, Octets octets, Optional<FileKind> unmarked) {
    if (unmarked.isPresent() && FileKind.detect(octets).isEmpty()) {
      return StoredImage.check(name, octets, unmarked.get(), OtaFile.MAXIMUM_IMAGE_OCTETS);
    }
    return StoredImage.checkAny(name, octets, OtaFile.MAXIMUM_IMAGE_OCTETS);
  }
}
