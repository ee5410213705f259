// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;

/** Where a hub keeps its images. Every call is synchronous and may lose the power. */
public interface ImageStore {
  /** The images, in the order of their names. */
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
