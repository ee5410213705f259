// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.hanota.api.control.Phase.ACTIVATING;
import static org.hanota.api.control.Phase.CONFIRMED;
import static org.hanota.api.control.Phase.FAILED;
import static org.hanota.api.control.Phase.NOTIFIED;
import static org.hanota.api.control.Phase.PAUSED;
import static org.hanota.api.control.Phase.QUEUED;
import static org.hanota.api.control.Phase.TRANSFERRING;
import static org.hanota.api.control.Phase.VERIFYING;
import static org.hanota.api.control.Phase.WAITING;

import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.TransferPace;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.jspecify.annotations.Nullable;

/** What a hub does about one device: the actions of {@link HubTransitions}. */
final class HubActions {
  final HubConfig config;
  final HubParameters parameters;
  final Catalogue catalogue;
  final Queue queue;
  final Deadlines deadlines = new Deadlines();
  final Expiry expiry;
  private final TransferStore store;
  final SendOptions options;
  final @Nullable GbcsRelay gbcs;

  // Those of the call that runs.
  private @Nullable Now now;
  private @Nullable Effects effects;
  private @Nullable Received received;
  private @Nullable DeviceEntry entry;
  private @Nullable Offer newOffer;

  HubActions(HubConfig config, Catalogue catalogue, TransferStore store) {
    this.config = config;
    this.parameters = config.parameters();
    this.catalogue = catalogue;
    this.store = store;
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
  }

  /** Fires {@code stimulus} for a device and stores what became of it. */
  void fire(DeviceEntry about, HubStimulus stimulus) {
    entry = about;
    Phase before = about.phase;
    about.phase = HubTransitions.TABLE.fire(before, stimulus, this);
    if (about.phase != before || stimulus == HubStimulus.OFFERED) {
      store.save(about.toRecord());
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

  private static <T> T present(@Nullable T value) {
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

  private DeviceEntry entry() {
    return present(entry);
  }

  private void reply(ZclMessage message) {
    effects().reply(present(received), message, options);
  }

  /** The image that the entry's update is about. */
  private ImageId image() {
    ImageId target = entry().target();
    return target != null ? target : ImageId.WILD_CARD;
  }

  /** The file that the device takes now. */
  private ImageId file() {
    ImageId file = entry().wantedFile();
    return file != null ? file : ImageId.WILD_CARD;
  }

  /** Looks again after that time, or when the phase has taken too long. */
  private void timer(Phase phase, long afterMs) {
    deadlines.set(entry(), Math.min(now().plusMillis(afterMs), expiry.nanos(entry(), phase)));
  }

  private void timer(Phase phase) {
    deadlines.set(entry(), expiry.nanos(entry(), phase));
  }

  /** A device that is served without an offer has as long as others. */
  private void hold() {
    DeviceEntry about = entry();
    if (about.holdEndNanos == Long.MAX_VALUE) {
      about.holdEndNanos = now().plusMillis(expiry.millis(about, Timed.HOLDING));
    }
  }

  // Offer and notification.

  Phase offered() {
    DeviceEntry about = entry();
    Offer offer = present(newOffer);
    boolean hasIt = about.phase == WAITING || about.phase == ACTIVATING;
    if (hasIt && image().equals(offer.image())) {
      about.offer = offer;
      return tellWhen(offer.image(), Phase.IDLE, to -> effects().send(about.device, to, options));
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

  /** Begins to serve an image, or none. */
  void serve(DeviceEntry about, @Nullable ImageId image, @Nullable StoredImage stored) {
    about.servedImage = image;
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
    timer(phase);
    return phase;
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

  private Phase expired(String detail) {
    return failed(Failure.EXPIRED, detail);
  }

  private Phase failed(Failure failure, String detail) {
    return failed(failure, detail, TransferResponseCode.FILE_TRANSFER_FAILURE);
  }

  /** Tells the head end, unless it was told already that the transfer itself went well. */
  private void transferEnded(TransferResponseCode code) {
    DeviceEntry about = entry();
    if (gbcs != null
        && about.offer != null
        && about.phase != WAITING
        && about.phase != ACTIVATING) {
      gbcs.transferEnded(about.device.address(), about.offer.image().fileVersion(), code);
    }
  }

  private Phase failed(Failure failure, String detail, TransferResponseCode code) {
    DeviceEntry about = entry();
    transferEnded(code);
    effects().report(new UpdateEvent.Failed(about.device.address(), image(), failure, detail));
    about.failure = new HubStatus.LastFailure(failure, detail);
    close();
    return FAILED;
  }

  /** The update is over, one way or the other. */
  private void close() {
    DeviceEntry about = entry();
    queue.release(about);
    about.offer = null;
    about.pace = null;
    about.series = null;
    serve(about, null, null);
    about.holdEndNanos = Long.MAX_VALUE;
    deadlines.set(about, Long.MAX_VALUE);
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
    return about.phase;
  }

  Phase updated() {
    DeviceEntry about = entry();
    reply(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    effects().report(new UpdateEvent.Confirmed(about.device.address(), image()));
    catalogue.named(image()).ifPresent(catalogue::succeeded);
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

  /** Its offer made room for another image; it is offered nothing until a new one comes. */
  void withdraw(DeviceEntry about) {
    entry = about;
    close();
    about.phase = Phase.IDLE;
    store.save(about.toRecord());
  }

  /** An image from the head end went, or never came into its slot. */
  void discarded(DeviceEntry about, FileVersion version) {
    if (gbcs != null) {
      gbcs.transferEnded(about.device.address(), version, TransferResponseCode.IMAGE_DISCARDED);
    }
  }

  Phase nothingNew() {
    reply(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    return entry().phase;
  }

  // Blocks.

  Phase transferring() {
    DeviceEntry about = entry();
    about.pace = new TransferPace(now(), about.fileOffset);
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
    ImageId image = ((UpgradeEndRequest) present(received).message()).image();
    effects().report(new UpdateEvent.Verified(about.device.address(), image, "the device says so"));
    // A request that comes again is answered again, but the head end is told once.
    transferEnded(TransferResponseCode.SUCCESS);
    return tellWhen(image, about.phase, this::reply);
  }

  /**
   * Tells a device that has the image when to run it: in answer to its request, or unsolicited as
   * soon as the time is another one. [ZCL 11.13.9]
   *
   * @param before a phase that goes on keeps its time
   */
  private Phase tellWhen(ImageId image, Phase before, Consumer<ZclMessage> tell) {
    DeviceEntry about = entry();
    UpgradeTime when = about.offer == null ? new UpgradeTime.Now() : about.offer.when();
    UpgradeAnswer answer = UpgradeAnswer.of(image, when, now(), parameters.relativeTimes());
    tell.accept(answer.response());
    if (answer.delaySeconds().isEmpty()) {
      if (before != WAITING) {
        about.phaseFrom(now(), now().monotonicNanos());
      }
      timer(WAITING);
      effects()
          .report(new UpdateEvent.Waiting(about.device.address(), image, "something else says so"));
      return WAITING;
    }
    about.activationNanos = now().plusMillis(answer.delaySeconds().getAsLong() * 1_000);
    if (before != ACTIVATING) {
      about.phaseFrom(now(), about.activationNanos);
    }
    timer(ACTIVATING);
    effects().report(new UpdateEvent.Activating(about.device.address(), image));
    return ACTIVATING;
  }

  Phase endInvalid() {
    countFailure();
    return failed(Failure.INVALID_IMAGE, "the device refuses it");
  }

  private void countFailure() {
    Optional<StoredImage> stored = catalogue.named(image());
    if (stored.isPresent() && !catalogue.isQuarantined(stored.get())) {
      int count = catalogue.failed(stored.get());
      if (catalogue.isQuarantined(stored.get())) {
        effects().report(new HubEvent.Quarantined(stored.get().name(), count));
      }
    }
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

  /** Asks the head end for the part that the device takes next, unless it is here. */
  void wantPart(DeviceEntry about) {
    ImageId next = about.wantedFile();
    if (next != null && catalogue.named(next).isEmpty()) {
      effects().report(new HubEvent.PartWanted(about.device.address(), next));
    }
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
    return failed(Failure.ABORTED, "the operator gave up");
  }
}
