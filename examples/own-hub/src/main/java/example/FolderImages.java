// SPDX-License-Identifier: Apache-2.0
package example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.file.WholeFile;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;

/** Images of one's own: the files of a folder, each checked when it is read. */
final class FolderImages implements ImageStore {
  private static final long LONGEST = 768_000;

  private final Path folder;
  private final Map<Octets, StoredImage> images = new TreeMap<>();
  private final Map<Octets, Octets> files = new TreeMap<>();

  FolderImages(Path folder) throws IOException {
    this.folder = folder;
    List<Path> found;
    try (Stream<Path> list = Files.list(folder)) {
      found = list.filter(file -> file.toString().endsWith(".ota")).sorted().toList();
    }
    for (Path file : found) {
      Octets octets = Octets.wrap(Files.readAllBytes(file));
      try {
        keep(StoredImage.checkAny(file.getFileName().toString(), octets, LONGEST), octets);
      } catch (FormatException wrong) {
        System.out.println(file + " is not served: " + wrong.getMessage());
      }
    }
  }

  private void keep(StoredImage image, Octets octets) {
    images.put(image.sha256(), image);
    files.put(image.sha256(), octets);
  }

  @Override
  public List<StoredImage> images() {
    List<StoredImage> sorted = new ArrayList<>(images.values());
    sorted.sort((one, other) -> one.name().compareTo(other.name()));
    return sorted;
  }

  @Override
  public OctetSource open(Octets sha256) {
    Octets file = files.get(sha256);
    if (file == null) {
      throw new IllegalArgumentException("no image has the SHA-256 " + sha256.toHex());
    }
    return file;
  }

  /** What came over the WAN; durable when it returns, and never there in part. */
  @Override
  public void put(StoredImage image, OctetSource file) {
    Octets octets = file.octets(0, (int) file.size());
    try {
      WholeFile.replace(named(image.sha256()), octets);
    } catch (IOException e) {
      throw new UncheckedIOException(image.name() + " is not stored", e);
    }
    keep(image, octets);
  }

  /** Removes what {@link #put} made; a file that a person laid down is never deleted. */
  @Override
  public void remove(Octets sha256) {
    try {
      Files.deleteIfExists(named(sha256));
    } catch (IOException e) {
      throw new UncheckedIOException(sha256.toHex() + " is not removed", e);
    }
    images.remove(sha256);
    files.remove(sha256);
  }

  private Path named(Octets sha256) {
    return folder.resolve(sha256.toHex() + ".ota");
  }
}
