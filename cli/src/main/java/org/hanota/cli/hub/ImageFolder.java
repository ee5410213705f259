// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;

/** The images of a folder, as a hub offers them. */
final class ImageFolder {
  private ImageFolder() {}

  /**
   * Reads every file of the folder into the store, and takes out of it what is no longer there. A
   * file in the place of another one with the same name and version is told of.
   *
   * @param unmarked of which kind files are that do not say it themselves; empty: they are refused
   * @param index what it says of a file restricts it further; it is no image itself
   * @param told is told of each file that is not served, with the reason, and of a folder without
   *     any
   */
  static void read(
      Path folder,
      Optional<FileKind> unmarked,
      FolderIndex index,
      ImageStore store,
      Consumer<String> told)
      throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
              .filter(file -> !index.isAt(file))
              .sorted()
              .toList();
    }
    Set<Octets> there = new TreeSet<>();
    Map<Name, Path> served = new HashMap<>();
    for (Path file : files) {
      try {
        Octets octets = octets(file);
        String name = String.valueOf(file.getFileName());
        StoredImage plain = check(name, octets, unmarked);
        StoredImage image = plain.restricted(index.restrictions(name, octets, plain.header()));
        Path first = served.putIfAbsent(Name.of(image.header()), file);
        if (first == null) {
          store.put(image, octets);
          there.add(image.sha256());
        } else {
          told.accept(
              "passed over: %s: is %s, %s %s, which is served"
                  .formatted(
                      file,
                      image.header().image(),
                      there.contains(image.sha256()) ? "equal to" : "as is",
                      first));
        }
      } catch (FormatException fault) {
        told.accept("passed over: " + file + ": " + fault.getMessage());
      } catch (FolderIndex.Excluded excluded) {
        told.accept("passed over: " + file + ": " + excluded.getMessage());
      } catch (IOException unreadable) {
        told.accept("passed over: " + CommandFailed.reason(unreadable));
      }
    }
    index.unlisted().ifPresent(told);
    if (there.isEmpty()) {
      told.accept(folder + ": holds no image to serve");
    }
    for (StoredImage stored : store.images()) {
      if (!there.contains(stored.sha256())) {
        Path other = served.get(Name.of(stored.header()));
        if (other != null) {
          told.accept(
              "%s: is %s as before, but another file: SHA-256 was %s"
                  .formatted(other, stored.header().image(), stored.sha256().toHex()));
        }
        store.remove(stored.sha256());
      }
    }
  }

  /** By what a hub chooses a file for a device. Two files with equal names cannot be told apart. */
  private record Name(
      ImageId image, Optional<HardwareVersionRange> hardware, Optional<Eui64> destination) {
    static Name of(OtaHeader header) {
      return new Name(header.image(), header.hardwareVersions(), header.upgradeFileDestination());
    }
  }

  private static Octets octets(Path file) throws IOException {
    if (Files.size(file) > OtaFile.MAXIMUM_IMAGE_OCTETS) {
      throw new IOException(file + ": is longer than " + OtaFile.MAXIMUM_IMAGE_OCTETS + " octets");
    }
    return Octets.wrap(Files.readAllBytes(file));
  }

  private static StoredImage check(String name, Octets octets, Optional<FileKind> unmarked) {
    if (unmarked.isPresent() && FileKind.detect(octets).isEmpty()) {
      return StoredImage.check(name, octets, unmarked.get(), OtaFile.MAXIMUM_IMAGE_OCTETS);
    }
    return StoredImage.checkAny(name, octets, OtaFile.MAXIMUM_IMAGE_OCTETS);
  }
}
