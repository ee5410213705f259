// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.hanota.api.control.Phase.FAILED;

import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.jspecify.annotations.Nullable;

/** The state that a hub's actions work on, and what they all do with it. */
abstract class HubContext {
  final HubConfig config;
  final HubParameters parameters;
  final Catalogue catalogue;
  final Queue queue;
  final Deadlines deadlines = new Deadlines();
  final Expiry expiry;
  final Unsaved unsaved;
  final SendOptions options;
  final @Nullable GbcsRelay gbcs;

  // Those of the call that runs.
  @Nullable Now now;
  @Nullable Effects effects;
  @Nullable Received received;
  @Nullable DeviceEntry entry;

  HubContext(HubConfig config, ImageStore images, TransferStore store) {
    this.config = config;
    this.parameters = config.parameters();
    this.unsaved = new Unsaved(store);
    this.catalogue = new Catalogue(images, store, unsaved, parameters.quarantineAfter());
    this.queue = new Queue(parameters.concurrentTransfers());
    this.expiry = new Expiry(parameters.timeouts());
    this.options = SendOptions.ACKNOWLEDGED.withEncryption(config.apsEncryption());
    this.gbcs =
        config
            .gbcs()
            .map(identity -> new GbcsRelay(this, store, config.self().address(), identity))
            .orElse(null);
  }

  void enter(Now callNow, Effects callEffects, @Nullable Received message) {
    now = callNow;
    received = message;
    if (effects != callEffects) {
      effects = callEffects;
    }
    if (gbcs != null) {
      gbcs.handedOver();
    }
  }

  static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("not in this call");
    }
    return value;
  }

  Now now() {
    return present(now);
  }

  Effects effects() {
    return present(effects);
  }

  DeviceEntry entry() {
    return present(entry);
  }

  void reply(ZclMessage message) {
    effects().reply(present(received), message, options);
  }

  /** The image that the entry's update is about. */
  ImageId image() {
    ImageId target = entry().target();
    return target != null ? target : ImageId.WILD_CARD;
  }

  /** The file that the device takes now. */
  ImageId file() {
    ImageId file = entry().wantedFile();
    return file != null ? file : ImageId.WILD_CARD;
  }

  /** Looks again after that time, or when the phase has taken too long. */
  void timer(Phase phase, long afterMs) {
    deadlines.set(entry(), Math.min(now().plusMillis(afterMs), expiry.nanos(entry(), phase)));
  }

  void timer(Phase phase) {
    deadlines.set(entry(), expiry.nanos(entry(), phase));
  }

  /** A device that is served without an offer has as long as others. */
  void hold() {
    DeviceEntry about = entry();
    if (about.holdEndNanos == Long.MAX_VALUE) {
      about.holdEndNanos = now().plusMillis(expiry.millis(about, Timed.HOLDING));
    }
  }

  /** Begins to serve an image, or none. */
  void serve(DeviceEntry about, @Nullable ImageId image, @Nullable StoredImage stored) {
    about.servedImage = image;
    about.wentOut = false;
    about.percentTo = 0;
    about.stored = stored;
    about.file = stored == null ? null : catalogue.store().open(stored.sha256());
    about.maximumDataSize = parameters.maximumDataSize();
    for (ModelProfile model : config.models()) {
      if (image != null && model.matches(image)) {
        about.maximumDataSize = Math.min(about.maximumDataSize, model.maximumDataSize());
      }
    }
  }

  Phase expired(String detail) {
    return failed(Failure.EXPIRED, detail);
  }

  Phase failed(Failure failure, String detail) {
    return failed(failure, detail, TransferResponseCode.FILE_TRANSFER_FAILURE);
  }

  /** Tells the head end, unless it was told already that the transfer itself went well. */
  void transferEnded(TransferResponseCode code) {
    DeviceEntry about = entry();
    if (gbcs != null && about.offer != null && !about.hasImage()) {
      gbcs.transferEnded(about.device.address(), about.offer.image().fileVersion(), code);
    }
  }

  Phase failed(Failure failure, String detail, TransferResponseCode code) {
    DeviceEntry about = entry();
    transferEnded(code);
    effects().report(new UpdateEvent.Failed(about.device.address(), image(), failure, detail));
    about.failure = new HubStatus.LastFailure(failure, detail);
    close();
    return FAILED;
  }

  /** The update is over, one way or the other. */
  void close() {
    DeviceEntry about = entry();
    queue.release(about);
    about.offer = null;
    about.pace = null;
    about.series = null;
    about.taken = null;
    serve(about, null, null);
    about.holdEndNanos = Long.MAX_VALUE;
    deadlines.set(about, Long.MAX_VALUE);
  }

  /** Its offer made room for another image; it is offered nothing until a new one comes. */
  void withdraw(DeviceEntry about) {
    entry = about;
    close();
    about.phase = Phase.IDLE;
    unsaved.add(about);
  }

  /** An image from the head end went, or never came into its slot. */
  void discarded(DeviceEntry about, FileVersion version) {
    if (gbcs != null) {
      gbcs.transferEnded(about.device.address(), version, TransferResponseCode.IMAGE_DISCARDED);
    }
  }

  /** The file that the update is about: of several, the first. */
  Optional<StoredImage> stored() {
    DeviceEntry about = entry();
    return about.stored != null && about.series == null
        ? Optional.of(about.stored)
        : catalogue.named(image(), about);
  }

  /**
   * Counts a failure against a file that the device has had whole. For the others, one device
   * counts once: it may be the one that is broken.
   */
  void countFailure() {
    DeviceEntry about = entry();
    StoredImage stored = stored().orElse(null);
    if (stored == null || !(about.wentOut || about.hasImage())) {
      return;
    }
    if (about.blame != null && about.blame.isFor(stored)) {
      about.blame = about.blame.again();
      return;
    }
    about.blame = new Blame(stored.sha256(), 1);
    if (catalogue.isQuarantined(stored)) {
      return;
    }
    int count = catalogue.failed(stored);
    if (catalogue.isQuarantined(stored)) {
      effects().report(new HubEvent.Quarantined(stored.name(), count));
    }
  }

  /** Asks the head end for the part that the device takes next, unless it is here. */
  void wantPart(DeviceEntry about) {
    ImageId next = about.wantedFile();
    if (next != null && catalogue.named(next).isEmpty()) {
      effects().report(new HubEvent.PartWanted(about.device.address(), next));
    }
  }
}
