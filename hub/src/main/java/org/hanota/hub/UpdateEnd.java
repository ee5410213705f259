// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.HubStatus.LastFailure;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.offer.Quarantine;
import org.hanota.hub.store.ReceivedImage;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Cause;
import org.hanota.hub.update.Ends;
import org.hanota.hub.update.Serving;
import org.hanota.hub.update.Update;
import org.jspecify.annotations.Nullable;

/** How an update ends: what is remembered of it, and whom it is told. */
final class UpdateEnd {
  private final HubParts hub;
  private final HubParameters parameters;
  private final Update update;
  private final Call call;

  UpdateEnd(HubParts hub, Update update, Call call) {
    this.hub = hub;
    this.parameters = hub.config().parameters();
    this.update = update;
    this.call = call;
  }

  private Eui64 device() {
    return update.client().address();
  }

  /** The new image runs: a device that got it whole from here speaks for it. */
  void confirmed() {
    Serving serving = update.transfer().serving();
    update
        .received()
        .filter(ReceivedImage::witnessed)
        .map(ReceivedImage::sha256)
        .or(
            () ->
                Optional.ofNullable(serving)
                    .filter(Serving::isWhole)
                    .map(Serving::stored)
                    .map(StoredImage::sha256))
        .ifPresent(file -> hub.quarantine().confirmed(update.ends(), call.now(), file));
  }

  /** The update fails, for this reason. */
  void fail(Cause.Failing failing) {
    LastFailure failure = failing.failure();
    boolean mayRun = update.hasImage() || update.announcement().isWithdrawn();
    if (failing.isEnd()) {
      failure = remember(failing);
    }
    transferEnded(failing.code());
    call.effects()
        .report(
            new UpdateEvent.Failed(device(), update.image(), failure.failure(), failure.detail()));
    close(failure);
    if (mayRun && !failing.isEnd() && failure.failure() != Failure.EXPIRED) {
      hub.responses().withdraw(update, call);
    }
  }

  /** The device is not offered this file for a while, or not without an offer any more. */
  private LastFailure remember(Cause.Failing failing) {
    Optional<Octets> file = hub.offers().fileOf(update);
    if (file.isEmpty()) {
      return failing.failure();
    }
    Octets sha256 = file.get();
    Serving serving = update.transfer().serving();
    boolean hadWhole =
        update.received().map(ReceivedImage::witnessed).orElse(false)
            || (serving != null && serving.isWhole());
    boolean isWitness =
        failing.isFault() && hadWhole && Quarantine.isNewWitness(update.ends(), sha256);
    int times = update.ends().failuresWith(sha256);
    LastFailure failure =
        new LastFailure(
            failing.failure().failure(),
            failing.failure().detail()
                + (times < parameters.fileTries()
                    ? ", try %d of %d, the next one after %d min"
                        .formatted(
                            times,
                            parameters.fileTries(),
                            Ends.pauseMs(times, parameters.fileRetryMs()) / 60_000)
                    : ", try %d of %d, the next one by an offer only"
                        .formatted(times, parameters.fileTries())));
    boolean stays = update.ends().with(sha256).map(end -> end.witness()).orElse(false);
    update.ends().failed(call.now(), sha256, failure, isWitness || stays);
    if (isWitness && hub.quarantine().failed(sha256)) {
      hub.quarantined(sha256);
    }
    return failure;
  }

  /** It is over, and its slot is free. */
  void close(@Nullable LastFailure failure) {
    hub.queue().release(update);
    update.close(failure);
    hub.deadlines().set(update, Long.MAX_VALUE);
  }

  /** Tells the head end, unless it was told already that the transfer itself went well. */
  void transferEnded(TransferResponseCode code) {
    Offer offer = update.offer();
    if (hub.relay() != null && offer != null && !update.hasImage()) {
      hub.relay().transferEnded(device(), offer.image().fileVersion(), code, call);
    }
  }
}
