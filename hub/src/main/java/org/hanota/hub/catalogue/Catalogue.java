// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.catalogue;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.otaformat.PartManifest;
import org.hanota.otaformat.ZigBeeFile;

/** The images of the store, by what a device asks for. */
public final class Catalogue {
  private final ImageStore store;
  private ImmutableListMultimap<ImageType, StoredImage> byType = ImmutableListMultimap.of();

  /** A catalogue that is not loaded yet. */
  public Catalogue(ImageStore store) {
    this.store = store;
  }

  /** Looks at the store again. */
  public void load() {
    byType = Multimaps.index(store.images(), image -> image.header().image().imageType());
  }

  /** The images, in the order of their names. */
  public List<StoredImage> images() {
    return store.images();
  }

  /** Which files there are. */
  public Set<Octets> files() {
    return byType.values().stream().map(StoredImage::sha256).collect(Collectors.toSet());
  }

  /** The octets of an image of the catalogue. */
  public OctetSource open(StoredImage image) {
    return store.open(image.sha256());
  }

  /** Takes an image in. */
  public void put(StoredImage image, OctetSource file) {
    store.put(image, file);
    load();
  }

  /** Takes an image out. */
  public void remove(StoredImage image) {
    store.remove(image.sha256());
    load();
  }

  /** The images that have exactly this name: several for different hardware or devices. */
  public List<StoredImage> named(ImageId image) {
    return byType.get(image.imageType()).stream().filter(stored -> stored.isNamed(image)).toList();
  }

  /** The file with this hash. */
  public Optional<StoredImage> file(ImageType type, Octets sha256) {
    return byType.get(type).stream().filter(stored -> stored.sha256().equals(sha256)).findFirst();
  }

  /** The images of a model, the highest version first. */
  public List<StoredImage> of(ManufacturerCode manufacturer, ImageType type) {
    return byType.get(type).stream()
        .filter(stored -> stored.header().image().manufacturerCode().matches(manufacturer))
        .sorted(
            Comparator.comparing((StoredImage stored) -> stored.header().image().fileVersion())
                .reversed()
                .thenComparing(StoredImage::sha256))
        .toList();
  }

  /** In how many files the image comes whose first one is this. */
  public int parts(StoredImage first) {
    return parts(first, open(first));
  }

  /** The same of a file that need not be in the catalogue. */
  public static int parts(StoredImage first, OctetSource file) {
    try {
      PartManifest manifest = PartManifest.of(ZigBeeFile.read(file));
      return manifest.parts().get(0).imageType().equals(first.header().image().imageType())
          ? manifest.parts().size()
          : 1;
    } catch (FormatException noManifest) {
      return 1;
    }
  }

  /** What is said of an image in several files by a hub that takes none. */
  public static String refusedInParts(StoredImage first, int parts) {
    return first.name()
        + " is the first of "
        + parts
        + " files of one image, which this hub does not take (hubImageParts)";
  }
}
