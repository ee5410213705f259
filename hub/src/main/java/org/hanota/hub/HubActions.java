// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.hanota.api.control.Phase.ACTIVATING;
import static org.hanota.api.control.Phase.CONFIRMED;
import static org.hanota.api.control.Phase.NOTIFIED;
import static org.hanota.api.control.Phase.PAUSED;
import static org.hanota.api.control.Phase.QUEUED;
import static org.hanota.api.control.Phase.TRANSFERRING;
import static org.hanota.api.control.Phase.VERIFYING;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.TransferPace;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.jspecify.annotations.Nullable;

/** What a hub does about one device: the actions of {@link HubTransitions}. */
final class HubActions extends HubContext {
  final UnaskedWords words = new UnaskedWords(this);
  private final WhenToRun when = new WhenToRun(this);
  private @Nullable Offer newOffer;

  HubActions(HubConfig config, ImageStore images, TransferStore store) {
    super(config, images, store);
  }

  /** Fires {@code stimulus} for a device and stores what became of it. */
  void fire(DeviceEntry about, HubStimulus stimulus) {
    entry = about;
    Phase before = about.phase;
    about.phase = HubTransitions.TABLE.fire(before, stimulus, this);
    if (about.phase != before || stimulus == HubStimulus.OFFERED) {
      unsaved.add(about);
    }
    if (!about.admitted) {
      fillPlaces();
    }
  }

  void offer(DeviceEntry about, Offer offer) {
    newOffer = offer;
    fire(about, HubStimulus.OFFERED);
  }

  private boolean filling;

  /** Whoever is next gets the place that has become free. */
  private void fillPlaces() {
    if (filling) {
      return;
    }
    filling = true;
    DeviceEntry current = entry;
    DeviceEntry next = queue.next();
    while (next != null && queue.admit(next)) {
      fire(next, HubStimulus.TURN);
      next = queue.next();
    }
    entry = current;
    filling = false;
  }

  // Offer and notification.

  Phase offered() {
    DeviceEntry about = entry();
    Offer offer = present(newOffer);
    if (about.hasImage() && image().equals(offer.image())) {
      about.offer = offer;
      about.tells = 0;
      return tellUnasked(Phase.IDLE);
    }
    if (about.hasImage()) {
      words.recall(about);
    }
    queue.release(about);
    if (about.series != null && !about.series.image().equals(offer.image())) {
      about.series = null;
    }
    about.offer = offer;
    about.turn = queue.turn();
    about.sinceUtcMillis = now().utcMillis();
    about.holdEndNanos = Long.MAX_VALUE;
    about.failure = null;
    about.notifies = 0;
    about.blocks = 0;
    about.fileOffset = 0;
    about.taken = null;
    serve(about, null, null);
    offer
        .downgrade()
        .ifPresent(
            permission ->
                effects()
                    .report(
                        new HubEvent.DowngradePermitted(
                            about.device.address(), offer.image(), permission.reason())));
    return queue();
  }

  Phase queue() {
    DeviceEntry about = entry();
    queue.release(about);
    hold();
    timer(QUEUED);
    queue.await(about);
    effects()
        .report(new UpdateEvent.Queued(about.device.address(), image(), queue.position(about)));
    return QUEUED;
  }

  Phase turn() {
    entry().phaseFrom(now(), now().monotonicNanos());
    return notifyDevice();
  }

  private Phase notifyDevice() {
    DeviceEntry about = entry();
    if (about.notifies < parameters.notifyTries()) {
      about.notifies++;
      effects().send(about.device, ImageNotify.of(file()), options);
      effects().report(new UpdateEvent.Notified(about.device.address(), image()));
      timer(NOTIFIED, parameters.notifyRetryMs() << (about.notifies - 1));
    } else {
      // It may sleep or be away: it will ask by itself, and others go first meanwhile.
      queue.release(about);
      timer(NOTIFIED);
    }
    return NOTIFIED;
  }

  Phase notifyAgain() {
    Optional<String> ranOut = expiry.ranOut(entry(), NOTIFIED, now());
    return ranOut.isPresent() ? expired(ranOut.get()) : notifyDevice();
  }

  Phase due() {
    Phase phase = entry().phase;
    Optional<String> ranOut = expiry.ranOut(entry(), phase, now());
    if (ranOut.isPresent()) {
      return expired(ranOut.get());
    }
    if (when.isAnother()) {
      entry().tells = 0;
      return tellUnasked(Phase.IDLE);
    }
    if (words.mayComeAgain(entry())) {
      return tellAgain(phase);
    }
    when.timer(phase);
    return phase;
  }

  /** Its update is over, but it may not have heard so. */
  Phase dueAfterwards() {
    Phase phase = entry().phase;
    return words.mayComeAgain(entry()) ? tellAgain(phase) : phase;
  }

  private Phase tellAgain(Phase phase) {
    if (!entry().recalled) {
      return tellUnasked(phase);
    }
    words.hold(entry());
    timer(phase);
    return phase;
  }

  /** A device that was away is here: what it has not heard yet, it hears now. */
  void heard(DeviceEntry about) {
    if (about.recalled && about.untold) {
      words.hold(about);
    }
  }

  Phase silent() {
    Phase phase = entry().phase;
    Optional<String> ranOut = expiry.ranOut(entry(), phase, now());
    if (ranOut.isPresent()) {
      return expired(ranOut.get());
    }
    long quiet = now().monotonicNanos() - entry().lastHeardNanos;
    if (quiet >= parameters.stallMs() * 1_000_000L && entry().admitted) {
      queue.release(entry());
      if (phase == TRANSFERRING) {
        effects()
            .report(
                new UpdateEvent.Paused(
                    entry().device.address(),
                    image(),
                    entry().fileOffset,
                    "the device is silent",
                    0));
      }
    }
    timer(phase, parameters.stallMs());
    return phase;
  }

  // Queries.

  private void nameImage() {
    DeviceEntry about = entry();
    StoredImage stored = present(about.stored);
    reply(new QueryNextImageResponse.Success(present(about.servedImage), stored.sizeOctets()));
  }

  Phase queriedUnasked() {
    nameImage();
    entry().failure = null;
    entry().blocks = 0;
    entry().fileOffset = 0;
    entry().turn = queue.turn();
    return await();
  }

  Phase queried() {
    nameImage();
    return entry().phase == PAUSED ? PAUSED : await();
  }

  /** It knows of its image; without a place its first request is put off. */
  private Phase await() {
    DeviceEntry about = entry();
    about.phaseFrom(now(), now().monotonicNanos());
    hold();
    if (queue.admit(about)) {
      timer(NOTIFIED, parameters.stallMs());
      return NOTIFIED;
    }
    return about.phase == QUEUED ? QUEUED : queue();
  }

  Phase queriedAfterEnd() {
    DeviceEntry about = entry();
    long grace = parameters.activationGraceMs() * 1_000_000L;
    if (about.phase == ACTIVATING && now().monotonicNanos() - about.activationNanos >= grace) {
      reply(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
      countFailure();
      return failed(Failure.ROLLED_BACK, "it queries with " + about.running);
    }
    // It has the image already. [GBCS 11.2.1]
    reply(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    return about.untold ? tellUnasked(about.phase) : about.phase;
  }

  Phase updated() {
    DeviceEntry about = entry();
    reply(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    // Whoever runs the image has taken it, though its end may not have been heard.
    transferEnded(TransferResponseCode.SUCCESS);
    effects().report(new UpdateEvent.Confirmed(about.device.address(), image()));
    stored().ifPresent(catalogue::succeeded);
    about.blame = null;
    close();
    return CONFIRMED;
  }

  Phase mismatched() {
    reply(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    DeviceEntry about = entry();
    return failed(
        Failure.REFUSED,
        "not for "
            + about.running
            + (about.hardwareVersion == null ? "" : " on hardware " + about.hardwareVersion),
        TransferResponseCode.HARDWARE_VERSION_MISMATCH);
  }

  Phase nothingNew() {
    reply(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    return entry().phase;
  }

  // Blocks.

  Phase transferring() {
    DeviceEntry about = entry();
    about.pace = new TransferPace(now(), about.fileOffset);
    // What it takes now has the place of what was taken back.
    about.recalled = false;
    hold();
    timer(TRANSFERRING, parameters.stallMs());
    effects()
        .report(
            new UpdateEvent.Started(
                about.device.address(),
                file(),
                present(about.stored).sizeOctets(),
                about.fileOffset));
    return TRANSFERRING;
  }

  Phase lastBlock() {
    effects().report(new UpdateEvent.Verifying(entry().device.address(), image()));
    timer(VERIFYING, parameters.stallMs());
    return VERIFYING;
  }

  // The end.

  Phase endSuccess() {
    DeviceEntry about = entry();
    queue.release(about);
    about.untold = false;
    about.recalled = false;
    ImageId image = ((UpgradeEndRequest) present(received).message()).image();
    effects().report(new UpdateEvent.Verified(about.device.address(), image, "the device says so"));
    about.taken = about.offer == null ? about.target() : null;
    // A request that comes again is answered again, but the head end is told once.
    transferEnded(TransferResponseCode.SUCCESS);
    return when.tell(image, about.phase, this::reply);
  }

  /** Without having been asked: a device that does not hear it is told again. */
  private Phase tellUnasked(Phase before) {
    DeviceEntry about = entry();
    return when.tell(present(about.offer).image(), before, word -> words.tell(about, word));
  }

  Phase endInvalid() {
    countFailure();
    return failed(Failure.INVALID_IMAGE, "the device refuses it");
  }

  Phase endAborted() {
    return failed(Failure.ABORTED, "the device gave up");
  }

  /** It will query for the next part, and is told once that has come. */
  Phase endMore() {
    DeviceEntry about = entry();
    if (about.phase != QUEUED) {
      queue.release(about);
    }
    ImageId taken = ((UpgradeEndRequest) present(received).message()).image();
    serve(about, null, null);
    about.fileOffset = 0;
    about.notifies = 0;
    effects().report(new UpdateEvent.PartReceived(about.device.address(), taken, file()));
    wantPart(about);
    if (about.phase == PAUSED || about.phase == QUEUED) {
      return about.phase;
    }
    about.phaseFrom(now(), now().monotonicNanos());
    hold();
    timer(NOTIFIED, parameters.stallMs());
    return NOTIFIED;
  }

  // Steering.

  Phase pause() {
    queue.release(entry());
    timer(PAUSED);
    return PAUSED;
  }

  Phase resume() {
    return queue();
  }

  Phase abort() {
    DeviceEntry about = entry();
    boolean mayRunIt = about.hasImage() || about.recalled;
    Phase failed = failed(Failure.ABORTED, "the operator gave up");
    if (mayRunIt) {
      words.recall(about);
    }
    return failed;
  }
}
