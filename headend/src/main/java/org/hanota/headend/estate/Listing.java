// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.estate;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.store.Stored;

/**
 * An entry of the Central Products List: one firmware of one model.
 *
 * @param model whose devices may run it
 * @param type what these devices are
 * @param image what its OTA header names
 * @param manufacturerImageHash SHA-256 of its Manufacturer Image
 * @param status whether it may be used
 * @param predecessors the versions from which a device may go to it
 * @param reason why there is this firmware
 */
public record Listing(
    Device.Model model,
    DeviceType type,
    ImageId image,
    Octets manufacturerImageHash,
    ListingStatus status,
    Set<FileVersion> predecessors,
    ReasonClass reason)
    implements Stored {
  /** Keeps a copy of the set. */
  public Listing {
    predecessors = Collections.unmodifiableSet(new TreeSet<>(predecessors));
  }

  /** The version that it lists. */
  public FileVersion version() {
    return image.fileVersion();
  }

  /** Whether it is of the same manufacturer's model, whichever GBCS that speaks. */
  public boolean isOf(Device.Model other) {
    return model.manufacturer().equals(other.manufacturer()) && model.name().equals(other.name());
  }

  /** The same with another status. */
  public Listing with(ListingStatus changed) {
    return new Listing(model, type, image, manufacturerImageHash, changed, predecessors, reason);
  }

  @Override
  public String key() {
    return "listing " + model.manufacturer() + "/" + model.name() + "/" + version();
  }
}
