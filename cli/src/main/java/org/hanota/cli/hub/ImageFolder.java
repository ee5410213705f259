// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.FolderFiles;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;

/**
 * The images of a folder with its sub-folders, as a hub offers them.
 *
 * @param folder where they are
 * @param store what the hub keeps there itself, if it is there: no images of the user's
 * @param unmarked of which kind files are that do not say it themselves; empty: they are refused
 * @param index what it says of a file restricts it further; it is no image itself
 */
record ImageFolder(Path folder, Path store, Optional<FileKind> unmarked, IndexOptions index) {

  /** An image of the folder with its octets. */
  private record Found(StoredImage image, Octets octets) {}

  /** An image that is served from now on, or no longer. */
  record Change(StoredImage image, boolean isServed) {
    @Override
    public String toString() {
      return (isServed ? "serves " : "no longer serves ")
          + image.header().image()
          + ", "
          + image.name();
    }
  }

  /** What was found in the folder, before it is served. */
  static final class Contents {
    private final Map<Name, Found> served;
    private final Consumer<String> told;

    private Contents(Map<Name, Found> served, Consumer<String> told) {
      this.served = served;
      this.told = told;
    }

    /**
     * Puts it into the store and takes out of that what is no longer there. A file in the place of
     * another one with the same name and version is told of.
     */
    List<Change> into(ImageStore store) {
      List<Change> changes = new ArrayList<>();
      List<StoredImage> before = store.images();
      Set<Octets> there = new TreeSet<>();
      for (Found found : served.values()) {
        if (!before.contains(found.image())) {
          store.put(found.image(), found.octets());
          changes.add(new Change(found.image(), true));
        }
        there.add(found.image().sha256());
      }
      for (StoredImage stored : before) {
        if (!there.contains(stored.sha256())) {
          Found other = served.get(Name.of(stored.header()));
          if (other != null) {
            told.accept(
                "%s: is %s as before, but another file: SHA-256 was %s"
                    .formatted(
                        other.image().name(), stored.header().image(), stored.sha256().toHex()));
          }
          store.remove(stored.sha256());
          changes.add(new Change(stored, false));
        }
      }
      return changes;
    }
  }

  /** What changes with a file of the folder; two that are equal mean that nothing did. */
  Map<Path, String> glance() throws IOException {
    Map<Path, String> glance = new TreeMap<>();
    for (Path file : files().files()) {
      glance.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
    }
    Optional<Path> elsewhere = index.file(folder);
    if (elsewhere.isPresent() && Files.exists(elsewhere.get())) {
      glance.put(
          elsewhere.get(),
          Files.size(elsewhere.get()) + " " + Files.getLastModifiedTime(elsewhere.get()));
    }
    return glance;
  }

  private FolderFiles files() throws IOException {
    return FolderFiles.of(folder, path -> path.toAbsolutePath().normalize().equals(storePath()));
  }

  private Path storePath() {
    return store.toAbsolutePath().normalize();
  }

  /**
   * Reads every file of the folder.
   *
   * @param told is told of each file that is not served, with the reason, and of a folder without
   *     any
   */
  Contents read(Consumer<String> told) throws IOException {
    FolderIndex entries = index.of(folder);
    FolderFiles files = files();
    Map<Name, Found> served = new LinkedHashMap<>();
    Map<Name, Path> firsts = new HashMap<>();
    entries.leftOut().forEach(told);
    for (Path file : files.files()) {
      if (entries.isAt(file)) {
        continue;
      }
      try {
        Octets octets = octets(file);
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        StoredImage plain = check(name, octets);
        StoredImage image = plain.restricted(entries.restrictions(name, octets, plain.header()));
        Name named = Name.of(image.header());
        Found first = served.get(named);
        if (first == null) {
          served.put(named, new Found(image, octets));
          firsts.put(named, file);
        } else {
          told.accept(
              "passed over: %s: is %s, %s %s, which is served"
                  .formatted(
                      file,
                      image.header().image(),
                      first.image().sha256().equals(image.sha256()) ? "equal to" : "as is",
                      firsts.get(named)));
        }
      } catch (FormatException fault) {
        told.accept("passed over: " + file + ": " + fault.getMessage());
      } catch (FolderIndex.Excluded excluded) {
        told.accept("passed over: " + file + ": " + excluded.getMessage());
      } catch (IOException unreadable) {
        told.accept("passed over: " + CommandFailed.reason(unreadable));
      }
    }
    if (!files.passedOver().isEmpty()) {
      told.accept(files.passedOverLine());
    }
    entries.unlisted().ifPresent(told);
    if (served.isEmpty()) {
      told.accept(folder + ": holds no image to serve");
    }
    return new Contents(served, told);
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

  private StoredImage check(String name, Octets octets) {
    if (unmarked.isPresent() && FileKind.detect(octets).isEmpty()) {
      return StoredImage.check(name, octets, unmarked.get(), OtaFile.MAXIMUM_IMAGE_OCTETS);
    }
    return StoredImage.checkAny(name, octets, OtaFile.MAXIMUM_IMAGE_OCTETS);
  }
}
