// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** A store in memory, for simulations and tests. Outlives the machine that uses it. */
public final class InMemoryImageStore implements ImageStore {
  private final Map<Octets, StoredImage> images = new TreeMap<>();
  private final Map<Octets, OctetSource> files = new TreeMap<>();

  /** An empty store. */
  public InMemoryImageStore() {}

  @Override
  public List<StoredImage> images() {
    List<StoredImage> sorted = new ArrayList<>(images.values());
    sorted.sort(Comparator.comparing(StoredImage::name).thenComparing(StoredImage::sha256));
    return sorted;
  }

  @Override
  public OctetSource open(Octets sha256) {
    OctetSource file = files.get(sha256);
    if (file == null) {
      throw new IllegalArgumentException("sha256 is " + sha256.toHex() + ", which is not stored");
    }
    return file;
  }

  @Override
  public void put(StoredImage image, OctetSource file) {
    files.put(image.sha256(), file);
    images.put(image.sha256(), image);
  }

  @Override
  public void remove(Octets sha256) {
    images.remove(sha256);
    files.remove(sha256);
  }
}
