// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.hanota.api.control.Phase.NOTIFIED;
import static org.hanota.api.control.Phase.PAUSED;
import static org.hanota.api.control.Phase.QUEUED;
import static org.hanota.api.control.Phase.TRANSFERRING;
import static org.hanota.api.control.Phase.VERIFYING;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubStatus.LastFailure;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.hub.offer.OfferPolicy.Decision;
import org.hanota.hub.offer.OfferPolicy.Reason;
import org.hanota.hub.offer.QueryService;
import org.hanota.hub.store.ReceivedImage;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Cause;
import org.hanota.hub.update.Serving;
import org.hanota.hub.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * The actions that {@link HubTransitions} names: each does what one transition of an update does.
 */
final class UpdateStep {
  private final HubParts hub;
  private final HubParameters parameters;
  private final Update update;
  private final Cause cause;
  private final Call call;
  private final Now now;
  private final UpdateEnd end;

  UpdateStep(HubParts hub, Update update, Cause cause, Call call) {
    this.hub = hub;
    this.parameters = hub.config().parameters();
    this.update = update;
    this.cause = cause;
    this.call = call;
    this.now = call.now();
    this.end = new UpdateEnd(hub, update, call);
  }

  private Eui64 device() {
    return update.client().address();
  }

  private void report(Event event) {
    call.effects().report(event);
  }

  private void setTimer(Phase phase, long afterMs) {
    hub.deadlines()
        .set(update, Math.min(now.plusMillis(afterMs), hub.expiry().nanos(update, phase)));
  }

  private void setTimer(Phase phase) {
    hub.deadlines().set(update, hub.expiry().nanos(update, phase));
  }

  private void phaseBegins() {
    update.times().phaseFrom(now, now.monotonicNanos());
  }

  // Offer and notification.

  /** The hub was away: whoever is offered something may have missed it. */
  Phase restarted(Phase phase) {
    if (update.offer() == null) {
      return Phase.IDLE;
    }
    hub.expiry().holdOn(update, now, hub.clock().unconfirmedMs());
    setTimer(QUEUED);
    hub.queue().await(update);
    return QUEUED;
  }

  /** A held transfer is held on. */
  void restartedPaused() {
    hub.expiry().holdOn(update, now, hub.clock().unconfirmedMs());
    setTimer(PAUSED);
  }

  /** The device is told its time again, unless nobody has set any. */
  Phase restartedWithImage(Phase phase) {
    if (update.offer() != null || !(update.when() instanceof UpgradeTime.Now)) {
      return announce(phase);
    }
    hub.activations().setTimer(update, phase, now);
    return phase;
  }

  void offered() {
    Offer offer = ((Cause.Offered) cause).offer();
    if (update.hasImage()) {
      hub.responses().withdraw(update, call);
    }
    hub.queue().release(update);
    update.offered(offer, now, hub.queue().nextPlace());
    offer
        .downgrade()
        .ifPresent(
            permission ->
                report(
                    new HubEvent.DowngradePermitted(device(), offer.image(), permission.reason())));
    queue();
  }

  void queue() {
    hub.queue().release(update);
    hub.expiry().hold(update, now, 0);
    setTimer(QUEUED);
    hub.queue().await(update);
    report(new UpdateEvent.Queued(device(), update.image(), hub.queue().position(update)));
  }

  void slotFree() {
    phaseBegins();
    notifyDevice();
  }

  /** Notifies the device until it asks; a slot is kept for it only meanwhile. */
  void notifyDevice() {
    int notifies = update.announcement().notifies();
    if (notifies < parameters.notifyTries() && !mustGiveSlot()) {
      update.announcement().notified();
      ImageId file = update.wantedFile();
      if (file != null) {
        call.effects().send(update.client(), ImageNotify.of(file), hub.options());
      }
      report(new UpdateEvent.Notified(device(), update.image()));
      setTimer(NOTIFIED, parameters.notifyRetryMs() << notifies);
    } else {
      // It may sleep or be away: it will ask by itself, and others go first meanwhile.
      hub.queue().release(update);
      setTimer(NOTIFIED);
    }
  }

  private boolean mustGiveSlot() {
    return hub.queue().waiting() > 0 && hub.queue().isIdle(update, now);
  }

  /** A transfer without progress gives its slot away and may go on later. */
  void progressDue() {
    if (hub.queue().isIdle(update, now)) {
      hub.queue().goBehind(update);
      if (update.phase() == TRANSFERRING) {
        report(
            new UpdateEvent.Paused(
                device(),
                update.image(),
                update.transfer().fileOffset(),
                "the device is silent",
                0));
      }
    }
    setTimer(update.phase(), parameters.stallMs());
  }

  // Queries.

  private void nameImage() {
    QueryService.name(present(update.transfer().serving()), call, hub.options());
  }

  /** Names the image to a device without an update: one begins. */
  Phase queriedAnew(Phase phase) {
    nameImage();
    update.begun(hub.queue().nextPlace());
    return await();
  }

  Phase queried(Phase phase) {
    nameImage();
    return await();
  }

  void queriedInQueue() {
    nameImage();
    phaseBegins();
  }

  void queriedWhilePaused() {
    nameImage();
  }

  /** It knows of its image; without a slot its first request is put off. */
  private Phase await() {
    phaseBegins();
    hub.expiry().hold(update, now, 0);
    if (hub.queue().admit(update, now)) {
      setTimer(NOTIFIED, parameters.stallMs());
      return NOTIFIED;
    }
    queue();
    return QUEUED;
  }

  /** It has the image already. [GBCS 11.2.1] */
  Phase queriedEarly(Phase phase) {
    nameNothing();
    return update.announcement().isUndelivered() ? announce(phase) : phase;
  }

  void queriedOld() {
    nameNothing();
    end.fail(
        new Cause.Failing(
            new LastFailure(Failure.ROLLED_BACK, "it queries with " + update.running()),
            TransferResponseCode.FILE_TRANSFER_FAILURE,
            true,
            true));
  }

  void updated() {
    nameNothing();
    // Whoever runs the image has taken it, though its end may not have been heard.
    end.transferEnded(TransferResponseCode.SUCCESS);
    report(new UpdateEvent.Confirmed(device(), update.image()));
    end.confirmed();
    hub.responses().known(update);
    update.confirm();
    end.close(null);
  }

  /** An order to stop came too late, or what was heard of the update was wrong. */
  void ranAfterAll() {
    nameNothing();
    report(new UpdateEvent.Confirmed(device(), present(update.running())));
    hub.responses().known(update);
    update.confirm();
  }

  void mismatched() {
    nameNothing();
    Decision.Refused refusal =
        hub.offers().forQuery(update, present(update.running()), now).endOfOffer().orElseThrow();
    end.fail(
        new Cause.Failing(
            new LastFailure(Failure.REFUSED, refusal.text()),
            refusal.reason() == Reason.IN_PARTS
                ? TransferResponseCode.IMAGE_DISCARDED
                : TransferResponseCode.HARDWARE_VERSION_MISMATCH,
            false,
            false));
  }

  void nameNothing() {
    QueryService.nameNothing(call, hub.options());
  }

  // Blocks.

  void transferring() {
    update.transfer().begins(now);
    // What it takes now has the place of what was withdrawn.
    hub.responses().known(update);
    hub.expiry().hold(update, now, 0);
    setTimer(TRANSFERRING, parameters.stallMs());
    Serving serving = present(update.transfer().serving());
    report(
        new UpdateEvent.Started(
            device(),
            serving.image(),
            serving.stored().sizeOctets(),
            update.transfer().fileOffset()));
  }

  void lastBlock() {
    report(new UpdateEvent.Verifying(device(), update.image()));
    setTimer(VERIFYING, parameters.stallMs());
  }

  // The end.

  Phase endSuccess(Phase phase) {
    hub.queue().release(update);
    hub.responses().known(update);
    ImageId image = ((UpgradeEndRequest) call.message().message()).image();
    report(new UpdateEvent.Verified(device(), image, "the device"));
    if (!update.hasImage()) {
      receivedImage();
    }
    // A request that comes again is answered again, but the head end is told once.
    end.transferEnded(TransferResponseCode.SUCCESS);
    return hub.activations()
        .announce(update, image, phase, call, answer -> call.reply(answer, hub.options()));
  }

  /** Nobody has set a time since its image ran. */
  void endSuccessAgain() {
    Phase unused = endSuccess(Phase.CONFIRMED);
  }

  private void receivedImage() {
    Serving serving = update.transfer().serving();
    boolean witnessed = serving != null && serving.isWhole();
    ImageId target = update.image();
    hub.offers()
        .fileOf(update)
        .ifPresent(file -> update.receivedImage(new ReceivedImage(target, file, witnessed)));
  }

  /** Without having been asked: a device that does not hear it is told again. */
  Phase announce(Phase phase) {
    Phase before = phase;
    if (cause instanceof Cause.Offered again) {
      update.rescheduled(again.offer());
      // A new time begins a new wait.
      before = Phase.IDLE;
    }
    return hub.activations()
        .announce(
            update,
            update.image(),
            before,
            call,
            answer -> hub.responses().send(update, answer, call));
  }

  void timeCame() {
    hub.activations().timeCame(update, call);
  }

  /** It will query for the next part, and is told once that has come. */
  void endMore() {
    if (update.phase() != QUEUED) {
      hub.queue().release(update);
    }
    ImageId received = ((UpgradeEndRequest) call.message().message()).image();
    update.transfer().stopServing();
    update.transfer().rewind();
    update.receivedImage(null);
    update.announcement().resetNotifies();
    ImageId next = update.wantedFile();
    report(
        new UpdateEvent.PartReceived(device(), received, next == null ? ImageId.WILD_CARD : next));
    hub.parts().want(update, call);
    hub.pending().add(update);
  }

  /** The same; it asks for the next part as for an image. */
  void endMoreAndAwait() {
    endMore();
    phaseBegins();
    hub.expiry().hold(update, now, 0);
    setTimer(NOTIFIED, parameters.stallMs());
  }

  // Steering and failure.

  void pause() {
    hub.queue().release(update);
    setTimer(PAUSED);
  }

  /** The update fails, as its cause says. */
  void fail() {
    end.fail((Cause.Failing) cause);
  }

  /** Its image made room for another one; it is offered nothing until a new one comes. */
  void displaced() {
    end.close(null);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("nothing is served");
    }
    return value;
  }
}
