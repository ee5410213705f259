// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.hub.ImageStore;
import org.hanota.hub.StoredImage;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Sha256;

/**
 * Images in a folder: each in a file named by its hash, beside it a small file with its name and
 * its allowed predecessors. Every file is checked when the store is opened; whatever is damaged is
 * set aside, reported, and never served. Whoever opens a folder has it alone.
 */
public final class FileImageStore implements ImageStore, AutoCloseable {
  private static final String IMAGE = ".ota";
  private static final String ABOUT = ".about";

  private final Path folder;
  private final FileChannel lock;
  private final Map<Octets, StoredImage> images = new TreeMap<>();
  private final Map<Octets, VerifiedFile> files = new TreeMap<>();

  /** Of images that were removed while somebody may still read them. */
  private final List<VerifiedFile> retired = new ArrayList<>();

  private final List<String> repairs = new ArrayList<>();

  private FileImageStore(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens the store in {@code folder}, or makes it there, and checks every image.
   *
   * @throws IllegalStateException if the folder is in use
   * @throws UncheckedIOException if it cannot be read or written
   */
  public static FileImageStore open(Path folder) {
    try {
      FileImageStore store = new FileImageStore(folder, Durable.lock(folder, "images.lock"));
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
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        found.add(entry);
      }
    }
    found.sort(Comparator.naturalOrder());
    for (Path path : found) {
      String name = String.valueOf(path.getFileName());
      if (name.endsWith(Durable.UNFINISHED)) {
        // A put that never returned.
        Files.delete(path);
      } else if (name.endsWith(IMAGE)) {
        load(path, name.substring(0, name.length() - IMAGE.length()));
      } else if (name.endsWith(ABOUT) && !Files.exists(image(hex(name, ABOUT)))) {
        repairs.add(name + ": its image file is lost; offer that image again");
        Durable.setAside(path);
      }
    }
  }

  private static String hex(String name, String end) {
    return name.substring(0, name.length() - end.length());
  }

  private void load(Path path, String hex) throws IOException {
    Path about = about(hex);
    if (!Files.exists(about)) {
      // The image comes first, so this is a put that never returned.
      Files.delete(path);
      return;
    }
    VerifiedFile file = VerifiedFile.open(path);
    Octets hash = Sha256.of(file);
    try {
      if (!hash.toHex().equals(hex)) {
        throw new FormatException("hash", 0, hash.toHex(), "that of its name");
      }
      StoredImage image = ImageAbout.decode(about, OtaHeader.read(file), file.size(), hash);
      images.put(hash, image);
      files.put(hash, file);
    } catch (FormatException e) {
      file.close();
      repairs.add(path.getFileName() + ": set aside: " + e.getMessage());
      Durable.setAside(path);
      Durable.setAside(about);
    }
  }

  private Path image(String hex) {
    return folder.resolve(hex + IMAGE);
  }

  private Path about(String hex) {
    return folder.resolve(hex + ABOUT);
  }

  /** What was damaged when the store was opened and what became of it, one line each. */
  public List<String> repairs() {
    return List.copyOf(repairs);
  }

  @Override
  public List<StoredImage> images() {
    List<StoredImage> sorted = new ArrayList<>(images.values());
    sorted.sort(Comparator.comparing(StoredImage::name).thenComparing(StoredImage::sha256));
    return sorted;
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
      if (!files.containsKey(hash)) {
        Durable.replace(image(hex), file);
        files.put(hash, VerifiedFile.open(image(hex)));
      }
      if (!image.equals(images.get(hash))) {
        Durable.replace(about(hex), ImageAbout.encode(image));
        images.put(hash, image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("image " + image.name() + " cannot be stored: " + e, e);
    }
  }

  @Override
  public void remove(Octets sha256) {
    VerifiedFile file = files.remove(sha256);
    if (file == null) {
      return;
    }
    retired.add(file);
    images.remove(sha256);
    try {
      // An image without its other file does not count: the order makes this one step.
      Files.deleteIfExists(about(sha256.toHex()));
      Durable.forceFolder(folder);
      Files.deleteIfExists(image(sha256.toHex()));
    } catch (IOException e) {
      throw new UncheckedIOException("image " + sha256.toHex() + " cannot be removed: " + e, e);
    }
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
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("image store " + folder + " cannot be closed: " + e, e);
    }
  }
}
