// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.gbcs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Peer;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.hub.HubEvent;
import org.hanota.hub.HubInput;
import org.hanota.hub.HubParameters;
import org.hanota.hub.catalogue.Catalogue;
import org.hanota.hub.catalogue.Series;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.DeviceTable;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.PendingChanges;
import org.hanota.hub.update.Update;
import org.hanota.hub.update.UpdateSteps;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaFile;
import org.jspecify.annotations.Nullable;

/**
 * Holds the images that come over the WAN, a limited number for each model. A new image takes the
 * place of one that no update needs any more, or of any if its sender demands it.
 */
public final class ImageSlots {
  private final Catalogue catalogue;
  private final DeviceTable devices;
  private final PendingChanges pending;
  private final UpdateSteps steps;
  private final @Nullable GbcsRelay relay;
  private final int slots;
  private final long maximumImageOctets;
  private final boolean imageParts;

  /** Slots in this catalogue. */
  public ImageSlots(
      HubParameters parameters,
      Catalogue catalogue,
      DeviceTable devices,
      PendingChanges pending,
      UpdateSteps steps,
      @Nullable GbcsRelay relay) {
    this.catalogue = catalogue;
    this.devices = devices;
    this.pending = pending;
    this.steps = steps;
    this.relay = relay;
    this.slots = parameters.imageSlots();
    this.maximumImageOctets = parameters.maximumImageOctets();
    this.imageParts = parameters.imageParts();
  }

  /** An image in its slot, and the devices that have not taken it yet. */
  private record Held(StoredImage image, List<Update> needing) {
    /** The earliest turn of those who need it: it came first. */
    long turn() {
      return needing.stream().mapToLong(Update::place).min().orElse(-1);
    }
  }

  /**
   * Takes an image into a slot and offers it, or discards it.
   *
   * @return what becomes of it: what an alert tells is kept as well
   */
  public WanLink.End take(HubInput.ImageFromWan from, Call call) {
    StoredImage stored;
    boolean forceReplace;
    try {
      OtaFile file = OtaFile.read(from.file(), from.kind(), maximumImageOctets);
      forceReplace = file instanceof GbMeterFile meter && meter.forceReplace() != 0;
      stored = StoredImage.check(from.name(), from.file(), from.kind(), maximumImageOctets);
    } catch (FormatException fault) {
      String reason = String.valueOf(fault.getMessage());
      discard(from.name(), reason, call);
      return new WanLink.End.Refused(reason);
    }
    int parts = imageParts ? 1 : Catalogue.parts(stored, from.file());
    if (parts > 1) {
      discard(stored, from, Catalogue.refusedInParts(stored, parts), call);
      return new WanLink.End.Kept();
    }
    List<Update> updates = about(stored, from.devices());
    if (!updates.isEmpty() && updates.size() == from.devices().size()) {
      takePart(stored, from, updates, call);
    } else if (isPartTooSoon(stored, from.devices())) {
      discard(stored, from, "a device has not taken the part before it", call);
    } else {
      takeImage(stored, from, forceReplace, call);
    }
    return new WanLink.End.Kept();
  }

  private void takeImage(
      StoredImage stored, HubInput.ImageFromWan from, boolean forceReplace, Call call) {
    List<Held> held = heldBeside(stored);
    long needed = held.stream().filter(image -> !image.needing().isEmpty()).count();
    if (needed >= slots && !forceReplace) {
      discard(stored, from, "the slot of its model is in use", call);
      return;
    }
    List<Held> leaving =
        held.stream()
            .sorted(Comparator.comparingLong(Held::turn))
            .limit(Math.max(0, held.size() - slots + 1))
            .toList();
    leaving.forEach(image -> displace(image, call));
    catalogue.put(stored, from.file());
    for (Peer device : from.devices()) {
      Update update = devices.offered(call.now(), device, stored.header().image().imageType());
      ManufacturerCode code =
          update.running() == null
              ? stored.header().image().manufacturerCode()
              : update.running().manufacturerCode();
      Offer offer = new Offer(device, stored.imageFor(code), from.when(), 100, Optional.empty());
      steps.offer(update, offer, call);
    }
    // A file goes when no offer needs it any more, whenever the power goes.
    pending.save(call.now());
    leaving.forEach(image -> catalogue.remove(image.image()));
  }

  /** The updates of these devices that take this file next, of an image in several. */
  private List<Update> about(StoredImage stored, List<Peer> clients) {
    return clients.stream()
        .flatMap(client -> devices.find(client.address()).stream())
        .flatMap(device -> device.updates().stream())
        .filter(update -> update.series() != null && stored.isNamed(update.series().next()))
        .toList();
  }

  /** Whether it can only be a later part of what one of the devices takes now. */
  private boolean isPartTooSoon(StoredImage stored, List<Peer> clients) {
    ImageId image = stored.header().image();
    return clients.stream()
        .flatMap(client -> devices.find(client.address()).stream())
        .flatMap(device -> device.updates().stream())
        .map(Update::target)
        .anyMatch(
            target ->
                target != null
                    && image.manufacturerCode().matches(target.manufacturerCode())
                    && image.fileVersion().equals(target.fileVersion())
                    && image.imageType().value() > target.imageType().value());
  }

  /** A further part takes the place of the one before, and its devices are told of it. */
  private void takePart(
      StoredImage stored, HubInput.ImageFromWan from, List<Update> updates, Call call) {
    for (StoredImage held : List.copyOf(catalogue.images())) {
      boolean isBefore =
          updates.stream()
              .allMatch(
                  update ->
                      update.series() != null
                          && update
                              .series()
                              .hasReceived(
                                  held.imageFor(update.series().image().manufacturerCode())));
      if (isBefore && needing(held).isEmpty()) {
        catalogue.remove(held);
      }
    }
    catalogue.put(stored, from.file());
    for (Update update : updates) {
      update.announcement().resetNotifies();
      if (update.phase() == Phase.NOTIFIED) {
        steps.fire(update, HubStimulus.NOTIFY_DUE, call);
      }
    }
  }

  private void discard(StoredImage stored, HubInput.ImageFromWan from, String reason, Call call) {
    discard(from.name(), reason, call);
    from.devices().forEach(device -> reportDiscarded(device, stored, call));
  }

  private static void discard(String image, String reason, Call call) {
    call.effects().report(new HubEvent.ImageDiscarded(image, reason));
  }

  /** The head end is told that an image went, or never came into its slot. */
  private void reportDiscarded(Peer device, StoredImage stored, Call call) {
    if (relay != null) {
      relay.transferEnded(
          device.address(),
          stored.header().image().fileVersion(),
          TransferResponseCode.IMAGE_DISCARDED,
          call);
    }
  }

  /** The other images of the same model, further parts of one included. */
  private List<Held> heldBeside(StoredImage stored) {
    List<Held> held = new ArrayList<>();
    for (StoredImage other : catalogue.images()) {
      boolean sameModel = isSameModel(other.header().image(), stored);
      for (Update update : devices.updates()) {
        Series series = update.series();
        sameModel |=
            series != null && isSameModel(series.image(), stored) && other.isNamed(series.next());
      }
      if (sameModel && !other.sha256().equals(stored.sha256())) {
        held.add(new Held(other, needing(other)));
      }
    }
    return held;
  }

  private List<Update> needing(StoredImage image) {
    List<Update> needing = new ArrayList<>();
    for (Update update : devices.updates()) {
      ImageId wanted = update.wantedFile();
      if (update.offer() != null && !update.hasImage() && wanted != null && image.isNamed(wanted)) {
        needing.add(update);
      }
    }
    return needing;
  }

  private static boolean isSameModel(ImageId image, StoredImage stored) {
    return stored.header().image().manufacturerCode().matches(image.manufacturerCode())
        && stored.header().image().imageType().equals(image.imageType());
  }

  private void displace(Held held, Call call) {
    for (Update update : held.needing()) {
      reportDiscarded(update.client(), held.image(), call);
      steps.fire(update, HubStimulus.DISPLACED, call);
    }
  }
}
