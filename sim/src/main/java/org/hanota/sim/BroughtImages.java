// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.List;
import java.util.function.Predicate;
import org.hanota.api.FormatException;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.StoredImage;

/** The images that somebody brings to a hub before a run, since no head end sends them. */
final class BroughtImages {
  private final HomeNemeses nemeses;
  private final long maximumImageOctets;

  /**
   * @param maximumImageOctets of one file at the hub; a larger image comes in parts
   */
  BroughtImages(HomeNemeses nemeses, long maximumImageOctets) {
    this.nemeses = nemeses;
    this.maximumImageOctets = maximumImageOctets;
  }

  /** Puts those of the devices in {@code plans} that {@code isBrought}. */
  void put(ImageStore images, List<DevicePlan> plans, Predicate<DevicePlan> isBrought) {
    for (int i = 0; i < plans.size(); i++) {
      DevicePlan plan = plans.get(i);
      if (isBrought.test(plan)) {
        put(images, nemeses.brought(i + 1, plan, this::isTaken).orElse(plan));
      }
    }
  }

  private void put(ImageStore images, DevicePlan plan) {
    for (ImageFile file : ImageFile.of(plan, maximumImageOctets)) {
      images.put(checked(file), file.octets());
    }
  }

  /** Whether the hub takes it: who brings what a hub refuses sees so, and brings the right one. */
  private boolean isTaken(DevicePlan plan) {
    try {
      ImageFile.of(plan, maximumImageOctets).forEach(this::checked);
      return true;
    } catch (FormatException refused) {
      return false;
    }
  }

  private StoredImage checked(ImageFile file) {
    return StoredImage.check(file.name(), file.octets(), file.kind(), maximumImageOctets);
  }
}
