// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.file.OwnFolder;
import org.hanota.api.file.WholeFile;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.OtaHeader;

/**
 * Images in a folder of its own: each in a file named by its hash, beside it a small file with its
 * name and its restrictions, which comes first and goes last. Every file is checked when the store
 * is opened; whatever is damaged is set aside, reported, and never served. A file with any other
 * name than the store gives is reported and left alone. Whoever opens a folder has it alone.
 *
 * <p>An image that turns out to be damaged or unreadable while it is read is checked once more when
 * the images are listed next, which a hub does when it starts again, and is then set aside too.
 */
public final class FileImageStore implements ImageStore, AutoCloseable {
  private static final String IMAGE = ".ota";
  private static final String ABOUT = ".about";
  private static final String LOCK = "images.lock";

  /** What the store names its files, finished or not, and set aside. */
  private static final Pattern OWN =
      Pattern.compile(
          "([0-9a-f]{64})(\\.ota|\\.about)((?:\\.[1-9][0-9]*)?\\.new|\\.damaged-\\d+)?");

  private final OwnFolder own;
  private final Path folder;
  private final Map<Octets, StoredImage> images = new TreeMap<>();
  private final Map<Octets, VerifiedFile> files = new TreeMap<>();

  /** Of images that were removed while somebody may still read them. */
  private final List<VerifiedFile> retired = new ArrayList<>();

  private final List<String> repairs = new ArrayList<>();

  private FileImageStore(OwnFolder own) {
    this.own = own;
    this.folder = own.path();
  }

  /**
   * Opens the store in {@code folder}, or makes it there, and checks every image.
   *
   * @throws IllegalStateException if the folder is in use, or has files that no store made
   * @throws UncheckedIOException if it cannot be read or written
   */
  public static FileImageStore open(Path folder) {
    try {
      FileImageStore store = new FileImageStore(OwnFolder.hold(folder, LOCK, name -> true));
      try {
        store.load();
      } catch (IOException | RuntimeException e) {
        store.close();
        throw e;
      }
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "folder " + folder + " cannot be used as an image store: " + e, e);
    }
  }

  private void load() throws IOException {
    List<Path> found;
    try (Stream<Path> entries = Files.list(folder)) {
      found = entries.sorted().toList();
    }
    for (Path path : found) {
      String name = String.valueOf(path.getFileName());
      Matcher parts = OWN.matcher(name);
      if (!parts.matches()) {
        if (!name.equals(LOCK)) {
          repairs.add(name + ": is not of this store; left alone and not served");
        }
      } else if (parts.group(3) == null) {
        load(path, parts.group(1), parts.group(2));
      } else if (parts.group(3).endsWith(".new")) {
        // A put that never returned.
        Files.delete(path);
      }
    }
  }

  private void load(Path path, String hex, String end) throws IOException {
    if (end.equals(IMAGE)) {
      loadImage(path, hex);
    } else if (!Files.exists(image(hex))) {
      repairs.add(
          path.getFileName() + ": its image is not there, lost or never finished; offer it again");
      if (ImageAbout.isOf(path, hex)) {
        Files.delete(path);
      } else {
        Aside.move(path);
      }
    }
  }

  private void loadImage(Path path, String hex) throws IOException {
    Path about = about(hex);
    try (OpenedFile opened = OpenedFile.open(path)) {
      VerifiedFile file = opened.file();
      Octets hash = Sha256.of(file);
      if (!hash.toHex().equals(hex)) {
        throw new FormatException("hash", 0, hash.toHex(), "that of its name");
      }
      if (!Files.exists(about)) {
        throw new FormatException(
            "name and restrictions",
            0,
            "no " + about.getFileName(),
            "the file that says for whom it is; offer the image again");
      }
      images.put(hash, ImageAbout.decode(about, OtaHeader.read(file), file.size(), hash));
      files.put(hash, opened.keep());
    } catch (FormatException e) {
      setAside(hex, String.valueOf(e.getMessage()));
    }
  }

  /** Opens a file and closes it again, unless it is kept. */
  private static final class OpenedFile implements AutoCloseable {
    private final VerifiedFile file;
    private boolean kept;

    private OpenedFile(VerifiedFile file) {
      this.file = file;
    }

    static OpenedFile open(Path path) throws IOException {
      return new OpenedFile(VerifiedFile.open(path));
    }

    VerifiedFile file() {
      return file;
    }

    VerifiedFile keep() {
      kept = true;
      return file;
    }

    @Override
    public void close() throws IOException {
      if (!kept) {
        file.close();
      }
    }
  }

  private void setAside(String hex, String why) throws IOException {
    repairs.add(image(hex).getFileName() + ": set aside: " + why);
    for (Path path : List.of(image(hex), about(hex))) {
      if (Files.exists(path)) {
        Aside.move(path);
      }
    }
  }

  private Path image(String hex) {
    return folder.resolve(hex + IMAGE);
  }

  private Path about(String hex) {
    return folder.resolve(hex + ABOUT);
  }

  /**
   * What was damaged since the last call, when the store was opened and while it was read, and what
   * became of it, one line each.
   */
  public List<String> repairs() {
    List<String> told = List.copyOf(repairs);
    repairs.clear();
    return told;
  }

  @Override
  public List<StoredImage> images() {
    checkSuspects();
    List<StoredImage> sorted = new ArrayList<>(images.values());
    sorted.sort(Comparator.comparing(StoredImage::name).thenComparing(StoredImage::sha256));
    return sorted;
  }

  private void checkSuspects() {
    for (Map.Entry<Octets, VerifiedFile> entry : List.copyOf(files.entrySet())) {
      if (entry.getValue().isSuspect()) {
        check(entry.getKey(), entry.getValue());
      }
    }
  }

  private void check(Octets sha256, VerifiedFile suspect) {
    String hex = sha256.toHex();
    retired.add(suspect);
    files.remove(sha256);
    StoredImage image = images.remove(sha256);
    try {
      VerifiedFile again = VerifiedFile.open(image(hex));
      if (image != null && Sha256.of(again).equals(sha256)) {
        files.put(sha256, again);
        images.put(sha256, image);
        return;
      }
      again.close();
      setAside(hex, "it has changed on the disk");
    } catch (IOException unreadable) {
      repairs.add(image(hex).getFileName() + ": not served: it cannot be read: " + unreadable);
    }
  }

  @Override
  public OctetSource open(Octets sha256) {
    VerifiedFile file = files.get(sha256);
    if (file == null) {
      throw new IllegalArgumentException("sha256 is " + sha256.toHex() + ", which is not stored");
    }
    return file;
  }

  @Override
  public void put(StoredImage image, OctetSource file) {
    Octets hash = Sha256.of(file);
    if (!hash.equals(image.sha256()) || file.size() != image.sizeOctets()) {
      throw new IllegalArgumentException(
          "file is " + hash.toHex() + ", allowed the image's, " + image.sha256().toHex());
    }
    String hex = hash.toHex();
    try {
      if (!image.equals(images.get(hash))) {
        // Before the image: one without it is never an image that may follow any version.
        WholeFile.replace(about(hex), ImageAbout.encode(image));
      }
      if (!files.containsKey(hash)) {
        WholeFile.replace(image(hex), file);
        files.put(hash, VerifiedFile.open(image(hex)));
      }
      images.put(hash, image);
    } catch (IOException e) {
      throw new UncheckedIOException("image " + image.name() + " cannot be stored: " + e, e);
    }
  }

  @Override
  public void remove(Octets sha256) {
    VerifiedFile file = files.get(sha256);
    if (file == null) {
      return;
    }
    try {
      Files.deleteIfExists(image(sha256.toHex()));
      WholeFile.forceFolder(folder);
      Files.deleteIfExists(about(sha256.toHex()));
    } catch (IOException e) {
      throw new UncheckedIOException("image " + sha256.toHex() + " cannot be removed: " + e, e);
    }
    files.remove(sha256);
    images.remove(sha256);
    retired.add(file);
  }

  @Override
  public void close() {
    try {
      for (VerifiedFile file : files.values()) {
        file.close();
      }
      for (VerifiedFile file : retired) {
        file.close();
      }
      own.close();
    } catch (IOException e) {
      throw new UncheckedIOException("image store " + folder + " cannot be closed: " + e, e);
    }
  }
}
