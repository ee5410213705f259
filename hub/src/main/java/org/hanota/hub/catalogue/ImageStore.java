// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.catalogue;

import java.util.List;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/**
 * Where a hub keeps its images.
 *
 * <p>The hub calls it from its own calls only, one at a time, on the thread of its driver; a call
 * may block, and everything of the hub waits meanwhile. Any call, and reading an image that was
 * opened, may throw {@link java.io.UncheckedIOException} or another {@link RuntimeException} if it
 * cannot be done, or {@link org.hanota.api.machine.PowerLost}: the hub then does nothing of what it
 * wanted and starts anew from what is stored. What {@link #put} and {@link #remove} did is durable
 * when they return; when they throw, it is done or not, and an image is never there in part. After
 * a failure the same object is used again and tries again.
 */
public interface ImageStore {
  /** The images, in the order of their names; only those that can be read. */
  List<StoredImage> images();

  /**
   * The octets of an image.
   *
   * @throws IllegalArgumentException if the store has none with this hash
   */
  OctetSource open(Octets sha256);

  /** Stores an image; the same octets again replace nothing. */
  void put(StoredImage image, OctetSource file);

  /** Removes an image; one that is not there is no fault. */
  void remove(Octets sha256);
}
