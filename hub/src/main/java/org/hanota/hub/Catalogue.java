// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.control.CatalogueImage;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.PartManifest;
import org.hanota.otaformat.ZigBeeFile;

/** The images of the store, by what a device asks for, and how they fared. */
final class Catalogue {
  private final ImageStore store;
  private final TransferStore transfers;
  private final Unsaved unsaved;
  private final int quarantineAfter;
  private final Map<Octets, Integer> failures = new HashMap<>();
  private ImmutableListMultimap<ImageType, StoredImage> byType = ImmutableListMultimap.of();

  Catalogue(ImageStore store, TransferStore transfers, Unsaved unsaved, int quarantineAfter) {
    this.store = store;
    this.transfers = transfers;
    this.unsaved = unsaved;
    this.quarantineAfter = quarantineAfter;
  }

  void start() {
    failures.putAll(transfers.failures());
    load();
  }

  /** Failures are forgotten with their image: one that was taken out and put in again is new. */
  void load() {
    byType = Multimaps.index(store.images(), image -> image.header().image().imageType());
    Set<Octets> held = store.images().stream().map(StoredImage::sha256).collect(Collectors.toSet());
    for (Octets sha256 : List.copyOf(failures.keySet())) {
      if (!held.contains(sha256)) {
        failures.remove(sha256);
        unsaved.addFailures(sha256, 0);
      }
    }
  }

  ImageStore store() {
    return store;
  }

  /** The image that a device is offered by exactly this name. */
  Optional<StoredImage> named(ImageId image) {
    for (StoredImage stored : byType.get(image.imageType())) {
      if (isNamed(stored, image)) {
        return Optional.of(stored);
      }
    }
    return Optional.empty();
  }

  /** As {@link #named(ImageId)}: of several, the one that is for {@code device}, if any is. */
  Optional<StoredImage> named(ImageId image, DeviceEntry device) {
    FileVersion running =
        device.running == null ? image.fileVersion() : device.running.fileVersion();
    for (StoredImage stored : byType.get(image.imageType())) {
      if (isNamed(stored, image) && mayHave(device, stored, running)) {
        return Optional.of(stored);
      }
    }
    return named(image);
  }

  private static boolean isNamed(StoredImage stored, ImageId image) {
    return stored.header().image().manufacturerCode().matches(image.manufacturerCode())
        && stored.header().image().fileVersion().equals(image.fileVersion());
  }

  /**
   * The best image for a device to which nothing special is offered: the highest version above the
   * one that runs that is for it, fits its hardware and may follow.
   */
  Optional<StoredImage> best(DeviceEntry device, ImageId running) {
    StoredImage best = null;
    for (StoredImage stored : byType.get(running.imageType())) {
      FileVersion version = stored.header().image().fileVersion();
      if (stored.header().image().manufacturerCode().matches(running.manufacturerCode())
          && version.compareTo(running.fileVersion()) > 0
          && mayHave(device, stored, running.fileVersion())
          && !refusesAlways(device, stored)
          && (best == null || version.compareTo(best.header().image().fileVersion()) > 0)) {
        best = stored;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Whether it failed with that file so often that only an offer makes it try again. */
  private boolean refusesAlways(DeviceEntry device, StoredImage stored) {
    return device.blame != null
        && device.blame.isFor(stored)
        && device.blame.times() >= quarantineAfter;
  }

  /** Whether the image is for this device at all, whatever its version. */
  boolean mayHave(DeviceEntry device, StoredImage stored, FileVersion running) {
    return stored.isFor(device.device.address())
        && stored.fits(Optional.ofNullable(device.hardwareVersion))
        && stored.follows(running)
        && !isQuarantined(stored);
  }

  /**
   * Whether a device that asks for an image by its name gets it: a higher version for its model, or
   * what it is offered with a permission, or a file made for it alone.
   */
  boolean mayServe(DeviceEntry device, StoredImage stored, ImageId image) {
    ImageId running = device.running;
    if (running == null || stored.isSpecificTo(device.device.address())) {
      return mayHave(device, stored, image.fileVersion());
    }
    // A part is for whom the whole is.
    ImageId whole =
        device.series != null && image.equals(device.series.next()) ? device.series.image() : image;
    boolean permitted =
        device.offer != null
            && device.offer.image().equals(whole)
            && device.offer.downgrade().isPresent();
    return mayHave(device, stored, running.fileVersion())
        && running.withVersion(image.fileVersion()).equals(whole)
        && (permitted || image.fileVersion().compareTo(running.fileVersion()) > 0);
  }

  /** In how many files the image comes whose first one has this name. */
  int parts(ImageId image) {
    Optional<StoredImage> first = named(image);
    if (first.isEmpty()) {
      return 1;
    }
    try {
      PartManifest manifest = PartManifest.of(ZigBeeFile.read(store.open(first.get().sha256())));
      return manifest.parts().get(0).imageType().equals(image.imageType())
          ? manifest.parts().size()
          : 1;
    } catch (FormatException noManifest) {
      return 1;
    }
  }

  boolean isQuarantined(StoredImage stored) {
    return failures.getOrDefault(stored.sha256(), 0) >= quarantineAfter;
  }

  /** Notes a failure; the count is how many there were in a row. */
  int failed(StoredImage stored) {
    int count = failures.merge(stored.sha256(), 1, Integer::sum);
    unsaved.addFailures(stored.sha256(), count);
    return count;
  }

  void succeeded(StoredImage stored) {
    if (failures.remove(stored.sha256()) != null) {
      unsaved.addFailures(stored.sha256(), 0);
    }
  }

  List<CatalogueImage> images() {
    return store.images().stream().map(this::shown).toList();
  }

  private CatalogueImage shown(StoredImage stored) {
    Optional<HardwareVersionRange> hardware = stored.header().hardwareVersions();
    return new CatalogueImage(
        stored.name(),
        stored.header().image(),
        stored.sizeOctets(),
        stored.sha256(),
        hardware.map(HardwareVersionRange::minimum),
        hardware.map(HardwareVersionRange::maximum),
        stored.header().upgradeFileDestination(),
        isQuarantined(stored)
            ? Optional.of(failures.get(stored.sha256()) + " failures in a row")
            : Optional.empty());
  }
}
