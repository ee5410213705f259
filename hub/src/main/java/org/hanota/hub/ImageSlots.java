// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Peer;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaFile;

/**
 * The few places for images that come over the WAN, so many for each model. What is still needed
 * there stays, unless the new image is told to force its way.
 */
final class ImageSlots {
  private final HubActions actions;
  private final Catalogue catalogue;
  private final int slots;
  private final long maximumImageOctets;

  ImageSlots(HubActions actions, Catalogue catalogue) {
    this.actions = actions;
    this.catalogue = catalogue;
    this.slots = actions.parameters.imageSlots();
    this.maximumImageOctets = actions.parameters.maximumImageOctets();
  }

  /** An image in its slot, and the devices that have not taken it yet. */
  private record Held(StoredImage image, List<DeviceEntry> needing) {
    /** The earliest turn of those who need it: it came first. */
    long turn() {
      return needing.stream().mapToLong(entry -> entry.turn).min().orElse(-1);
    }
  }

  /** Takes an image into a slot and offers it, or discards it. */
  void take(
      HubInput.ImageFromWan from,
      Function<Peer, DeviceEntry> entries,
      Iterable<DeviceEntry> devices) {
    StoredImage stored;
    boolean forceReplace;
    try {
      OtaFile file = OtaFile.read(from.file(), from.kind(), maximumImageOctets);
      forceReplace = file instanceof GbMeterFile meter && meter.forceReplace() != 0;
      stored = StoredImage.check(from.name(), from.file(), from.kind(), maximumImageOctets);
    } catch (FormatException fault) {
      discard(from.name(), String.valueOf(fault.getMessage()));
      return;
    }
    FileVersion version = stored.header().image().fileVersion();
    if (isPartFor(stored, from.devices(), entries)) {
      takePart(stored, from, entries, devices);
      return;
    }
    if (isPartTooSoon(stored, from.devices(), entries)) {
      discard(from.name(), "a device has not taken the part before it");
      from.devices().forEach(device -> actions.discarded(entries.apply(device), version));
      return;
    }
    List<Held> held = heldBeside(stored, devices);
    long needed = held.stream().filter(image -> !image.needing().isEmpty()).count();
    if (needed >= slots && !forceReplace) {
      discard(from.name(), "the slot of its model is in use");
      from.devices().forEach(device -> actions.discarded(entries.apply(device), version));
      return;
    }
    List<Held> leaving =
        held.stream()
            .sorted(Comparator.comparingLong(Held::turn))
            .limit(Math.max(0, held.size() - slots + 1))
            .toList();
    leaving.forEach(this::withdraw);
    catalogue.store().put(stored, from.file());
    catalogue.load();
    for (Peer device : from.devices()) {
      DeviceEntry entry = entries.apply(device);
      ManufacturerCode code =
          entry.running == null
              ? stored.header().image().manufacturerCode()
              : entry.running.manufacturerCode();
      actions.offer(
          entry, new Offer(device, stored.imageFor(code), from.when(), 100, Optional.empty()));
    }
    // A file goes when no offer needs it any more, whenever the power goes.
    actions.unsaved.save();
    leaving.forEach(image -> catalogue.store().remove(image.image().sha256()));
    catalogue.load();
  }

  /** Whether it is the file that all of these devices take next, of an image in several. */
  private static boolean isPartFor(
      StoredImage stored, List<Peer> devices, Function<Peer, DeviceEntry> entries) {
    return !devices.isEmpty()
        && devices.stream()
            .map(entries)
            .allMatch(entry -> entry.series != null && isNamed(stored, entry.series.next()));
  }

  /** Whether it can only be a later part of what one of the devices takes now. */
  private static boolean isPartTooSoon(
      StoredImage stored, List<Peer> devices, Function<Peer, DeviceEntry> entries) {
    return devices.stream()
        .map(entries)
        .anyMatch(
            entry -> {
              ImageId target = entry.target();
              ImageId image = stored.header().image();
              return target != null
                  && image.manufacturerCode().matches(target.manufacturerCode())
                  && image.fileVersion().equals(target.fileVersion())
                  && image.imageType().value() > target.imageType().value();
            });
  }

  private static boolean isNamed(StoredImage stored, ImageId file) {
    return stored.imageFor(file.manufacturerCode()).equals(file)
        && stored.header().image().manufacturerCode().matches(file.manufacturerCode());
  }

  /** A further part takes the place of the one before, and its devices are told of it. */
  private void takePart(
      StoredImage stored,
      HubInput.ImageFromWan from,
      Function<Peer, DeviceEntry> entries,
      Iterable<DeviceEntry> devices) {
    for (StoredImage held : List.copyOf(catalogue.store().images())) {
      boolean isBefore =
          from.devices().stream()
              .map(entries)
              .allMatch(
                  entry ->
                      entry.series != null
                          && entry.series.hasTaken(
                              held.imageFor(entry.series.image().manufacturerCode())));
      if (isBefore && needing(held, devices).isEmpty()) {
        catalogue.store().remove(held.sha256());
      }
    }
    catalogue.store().put(stored, from.file());
    catalogue.load();
    for (Peer device : from.devices()) {
      DeviceEntry entry = entries.apply(device);
      entry.notifies = 0;
      actions.fire(entry, HubStimulus.DUE);
    }
  }

  private void discard(String image, String reason) {
    actions.effects().report(new HubEvent.ImageDiscarded(image, reason));
  }

  /** The other images of the same model, further parts of one included. */
  private List<Held> heldBeside(StoredImage stored, Iterable<DeviceEntry> devices) {
    List<Held> held = new ArrayList<>();
    for (StoredImage other : catalogue.store().images()) {
      boolean sameModel = isSameModel(other.header().image(), stored);
      for (DeviceEntry entry : devices) {
        sameModel |=
            entry.series != null
                && isSameModel(entry.series.image(), stored)
                && isNamed(other, entry.series.next());
      }
      if (sameModel && !other.sha256().equals(stored.sha256())) {
        held.add(new Held(other, needing(other, devices)));
      }
    }
    return held;
  }

  private List<DeviceEntry> needing(StoredImage image, Iterable<DeviceEntry> devices) {
    List<DeviceEntry> needing = new ArrayList<>();
    for (DeviceEntry entry : devices) {
      if (entry.offer != null
          && !entry.hasImage()
          && entry.wantedFile() != null
          && isNamed(image, entry.wantedFile())) {
        needing.add(entry);
      }
    }
    return needing;
  }

  private static boolean isSameModel(ImageId image, StoredImage stored) {
    return stored.header().image().manufacturerCode().matches(image.manufacturerCode())
        && stored.header().image().imageType().equals(image.imageType());
  }

  private void withdraw(Held held) {
    for (DeviceEntry entry : held.needing()) {
      actions.discarded(entry, held.image().header().image().fileVersion());
      actions.withdraw(entry);
    }
  }
}
