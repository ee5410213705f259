// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.QueryDeviceSpecificFileRequest;
import org.hanota.api.zcl.QueryDeviceSpecificFileResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclStatus;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries and ends: which image is for which device, and how its transfer ended. [ZCL
 * 11.13.4]
 */
final class OfferService {
  private final HubActions actions;
  private final Catalogue catalogue;

  OfferService(HubActions actions) {
    this.actions = actions;
    this.catalogue = actions.catalogue;
  }

  void query(DeviceEntry entry, QueryNextImageRequest query) {
    answer(entry, query);
    actions.heard(entry);
  }

  private void answer(DeviceEntry entry, QueryNextImageRequest query) {
    if (isForPart(entry, query.current())) {
      queryPart(entry, query.current());
      return;
    }
    boolean changed =
        !query.current().equals(entry.running)
            || !query.hardwareVersion().equals(Optional.ofNullable(entry.hardwareVersion));
    entry.running = query.current();
    entry.hardwareVersion = query.hardwareVersion().orElse(null);
    if (changed) {
      actions.unsaved.add(entry);
    }
    actions.effects().report(new UpdateEvent.Querying(entry.device.address(), query.current()));
    if (query.current().equals(entry.target())) {
      actions.fire(entry, HubStimulus.QUERY_UPDATED);
      return;
    }
    if (changed
        && entry.stored != null
        && entry.servedImage != null
        && !catalogue.mayServe(entry, entry.stored, entry.servedImage)) {
      // What fitted the version before need not fit this one.
      actions.serve(entry, null, null);
    }
    Optional<StoredImage> stored = choose(entry, query.current());
    if (stored.isEmpty()) {
      actions.fire(
          entry,
          entry.offer != null && isMismatch(entry.offer, entry, query.current())
              ? HubStimulus.QUERY_MISMATCHED
              : HubStimulus.QUERY_IN_VAIN);
      return;
    }
    // Whoever asks for its model again begins anew with the first file.
    entry.series = null;
    serve(entry, stored.get(), query.current());
  }

  private void serve(DeviceEntry entry, StoredImage stored, ImageId running) {
    ImageId image = stored.imageFor(running.manufacturerCode());
    // What it has already is still what its update is about.
    if (!image.equals(entry.servedImage) && !entry.hasImage()) {
      actions.serve(entry, image, stored);
    }
    actions.fire(entry, HubStimulus.QUERY);
  }

  /**
   * Whether a device whose model is known asks for the file that follows what it has: its query
   * then names that file's image type. A hub that missed that it has one learns it so.
   */
  private boolean isForPart(DeviceEntry entry, ImageId current) {
    ImageId target = entry.target();
    ImageId running = entry.running;
    if (target == null
        || running == null
        || !target.withVersion(running.fileVersion()).equals(running)
        || !current.fileVersion().equals(running.fileVersion())
        || !current.manufacturerCode().equals(running.manufacturerCode())
        || current.imageType().equals(running.imageType())) {
      return false;
    }
    int ahead = current.imageType().value() - present(entry.wantedFile()).imageType().value();
    return (ahead == 0 && entry.series != null)
        || (ahead == 1 && takes(entry, present(entry.wantedFile())));
  }

  /** The device has {@code file} and wants the next one. False if that is not so. */
  private boolean takes(DeviceEntry entry, ImageId file) {
    ImageId image = entry.target();
    if (image == null || !file.equals(entry.wantedFile())) {
      return false;
    }
    Series before = entry.series;
    int parts = before == null ? catalogue.parts(image) : before.parts();
    int taken = before == null ? 1 : before.partsTaken() + 1;
    if (taken >= parts) {
      return false;
    }
    entry.series = new Series(image, taken, parts);
    return true;
  }

  private void queryPart(DeviceEntry entry, ImageId current) {
    actions.unsaved.add(entry);
    actions.effects().report(new UpdateEvent.Querying(entry.device.address(), current));
    Optional<StoredImage> stored =
        catalogue
            .named(present(entry.wantedFile()), entry)
            .filter(part -> catalogue.mayServe(entry, part, present(entry.wantedFile())));
    if (stored.isPresent()) {
      serve(entry, stored.get(), current);
    } else {
      actions.wantPart(entry);
      actions.fire(entry, HubStimulus.QUERY_IN_VAIN);
    }
  }

  private static ImageId present(@Nullable ImageId file) {
    if (file == null) {
      throw new AssertionError("no update is under way");
    }
    return file;
  }

  /** Whether the offer can never fit this device, whatever becomes of its versions. */
  private boolean isMismatch(Offer offer, DeviceEntry entry, ImageId running) {
    return !running.withVersion(offer.image().fileVersion()).equals(offer.image())
        || catalogue
            .named(offer.image(), entry)
            .filter(stored -> !stored.fits(Optional.ofNullable(entry.hardwareVersion)))
            .isPresent();
  }

  /** What the device is offered, or the best that the hub has for it. */
  private Optional<StoredImage> choose(DeviceEntry entry, ImageId running) {
    Offer offer = entry.offer;
    if (offer == null) {
      return actions.parameters.servesUnasked() ? catalogue.best(entry, running) : Optional.empty();
    }
    return catalogue
        .named(offer.image(), entry)
        .filter(stored -> catalogue.mayServe(entry, stored, offer.image()));
  }

  void end(DeviceEntry entry, UpgradeEndRequest end, Received received) {
    ZclStatus status = end.status();
    if (isTakenBack(entry)
        && (status.equals(ZclStatus.SUCCESS) || status.equals(ZclStatus.REQUIRE_MORE_IMAGE))) {
      // What was given up here must not run there: the device drops it. [ZCL 11.13.9]
      actions.effects().reply(received, DefaultResponse.to(end, ZclStatus.ABORT), actions.options);
      return;
    }
    boolean known =
        end.image().equals(entry.servedImage)
            || (entry.series != null && entry.series.hasTaken(end.image()))
            || ((entry.offer == null
                    ? actions.parameters.servesUnasked()
                    : end.image().equals(entry.wantedFile()))
                && catalogue
                    .named(end.image(), entry)
                    .filter(stored -> catalogue.mayServe(entry, stored, end.image()))
                    .isPresent());
    if (!known) {
      ZclStatus answer =
          status.equals(ZclStatus.SUCCESS) ? ZclStatus.NO_IMAGE_AVAILABLE : ZclStatus.SUCCESS;
      actions.effects().reply(received, DefaultResponse.to(end, answer), actions.options);
      return;
    }
    if (entry.servedImage == null) {
      catalogue
          .named(end.image(), entry)
          .ifPresent(stored -> actions.serve(entry, end.image(), stored));
    }
    // Whatever is no success is answered with a default response, by the endpoint. [ZCL 11.13.9]
    if (status.equals(ZclStatus.SUCCESS)) {
      actions.fire(entry, HubStimulus.END_SUCCESS);
    } else if (status.equals(ZclStatus.INVALID_IMAGE)) {
      actions.fire(entry, HubStimulus.END_INVALID);
    } else if (status.equals(ZclStatus.REQUIRE_MORE_IMAGE)) {
      // One that it has told of before changes nothing, nor does one that is no part.
      if (takes(entry, end.image())) {
        actions.fire(entry, HubStimulus.END_MORE);
        actions.unsaved.add(entry);
      }
    } else {
      actions.fire(entry, HubStimulus.END_ABORT);
    }
  }

  /** Whether the device has not heard yet that its update is over: it would have queried. */
  static boolean isTakenBack(DeviceEntry entry) {
    return entry.phase == Phase.FAILED && entry.offer == null;
  }

  /** A file made for one device alone. [ZCL 11.13.11] */
  void deviceSpecificFile(
      DeviceEntry entry, QueryDeviceSpecificFileRequest query, Received received) {
    ImageId wanted = query.file();
    Optional<StoredImage> stored =
        catalogue
            .named(wanted, entry)
            .filter(image -> image.header().upgradeFileDestination().isPresent())
            .filter(image -> image.isFor(entry.device.address()))
            .filter(image -> query.requestNodeAddress().equals(entry.device.address()));
    if (stored.isPresent()) {
      actions.serve(entry, wanted, stored.get());
    }
    actions
        .effects()
        .reply(
            received,
            stored.isPresent()
                ? new QueryDeviceSpecificFileResponse.Success(wanted, stored.get().sizeOctets())
                : new QueryDeviceSpecificFileResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE),
            actions.options);
  }
}
