// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.DISCOVERING;
import static org.hanota.device.DeviceState.DOWNLOADING;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.ERASING;
import static org.hanota.device.DeviceState.IDLE;
import static org.hanota.device.DeviceState.QUERYING;
import static org.hanota.device.DeviceState.RESTING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.VERIFYING;
import static org.hanota.device.DeviceState.WAITING;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.activation.Held;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.download.BlockOutcome;
import org.hanota.device.download.Downloads;
import org.hanota.device.download.Parts;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.device.search.Queries;
import org.hanota.device.search.Server;

/**
 * One step of a device, up to the last octet: what {@link DeviceTransitions} makes of a stimulus.
 * It alone knows what an outcome of a part means for the others, and which state follows.
 */
final class DeviceStep {
  private final DeviceParts parts;
  private final DeviceParameters parameters;
  private final DeviceJournal journal;
  private final Server server;
  private final Queries queries;
  private final Downloads downloads;
  private final Now now;
  private final Cause cause;
  private final Effects effects;

  DeviceStep(DeviceParts parts, Now now, Cause cause, Effects effects) {
    this.parts = parts;
    this.parameters = parts.config().parameters();
    this.journal = parts.journal();
    this.server = parts.server();
    this.queries = parts.queries();
    this.downloads = parts.downloads();
    this.now = now;
    this.cause = cause;
    this.effects = effects;
  }

  /** The steps after the last octet. */
  EndStep end() {
    return new EndStep(this, parts, now, cause, effects);
  }

  private Received received() {
    return ((Cause.Message) cause).received();
  }

  private ZclStatus defaultResponse() {
    return ((DefaultResponse) received().message()).status();
  }

  private void report(ImageId image, Failure failure, String detail) {
    effects.report(new UpdateEvent.Failed(parts.config().address(), image, failure, detail));
  }

  /** The image that comes or has come, which every state that reports it has. */
  ImageId image() {
    return downloads.image().orElseGet(journal::runningImage);
  }

  // Start, server and query.

  /** The device starts. */
  DeviceState start() {
    queries.start(now);
    journal.start(now);
    downloads.start(now);
    parts.gbcs().ifPresent(gbcs -> gbcs.start());
    if (parts.activations().tries(effects)) {
      return TRYING;
    }
    parts.activations().reportEnd(now, effects);
    journal.current().activation().flatMap(Activation::server).ifPresent(server::remember);
    Optional<Download> kept = journal.current().download();
    if (kept.isPresent() && kept.get().isComplete()) {
      verify(kept.get());
      return VERIFYING;
    }
    // A future dated command whose image has not come yet.
    parts.time().await(now);
    if (kept.isPresent()) {
      downloads.limit(now);
      queries.within(now, parameters.responseTimeoutMs());
    } else {
      queries.within(now, parameters.queryStartJitterMs());
    }
    return IDLE;
  }

  DeviceState query() {
    downloads.stopRequests();
    return queries.query(now, effects) ? QUERYING : DISCOVERING;
  }

  void serverFound() {
    rememberServer();
    query();
  }

  void rememberServer() {
    server.found(((Input.ServerFound) ((Cause.Given) cause).input()).server());
  }

  void noServer() {
    queries.after(now, parameters.discoveryRetryMs());
  }

  void sooner() {
    server.sooner(now);
  }

  /** Nothing more to do before the next query of its own accord. */
  DeviceState idle() {
    server.awaitNothing();
    downloads.leave();
    parts.end().drop();
    parts.time().keep(now);
    effects.pollFast(false);
    queries.after(now, parameters.queryIntervalMs());
    return IDLE;
  }

  /** The same with nothing kept. */
  DeviceState forget() {
    downloads.forget(now);
    return idle();
  }

  DeviceState queryOverdue() {
    if (server.again(parameters.quickTries())) {
      server.countRetry();
      queries.send(now, effects);
      return QUERYING;
    }
    // The server may have gone: look for it anew. [ZCL 11.16]
    server.lost();
    Optional<Download> kept = journal.current().download();
    if (kept.isPresent()) {
      downloads.rest(now, kept.get(), "the server does not answer", effects);
      return RESTING;
    }
    queries.after(now, parameters.discoveryRetryMs());
    return IDLE;
  }

  DeviceState queryRefused() {
    return defaultResponse().equals(ZclStatus.SUCCESS) ? QUERYING : idle();
  }

  /** A part that the server does not have yet is asked for again, but not for ever. */
  DeviceState noImage() {
    Optional<Download> kept = journal.download().filter(Download::awaitsPart);
    if (kept.isEmpty()) {
      effects.report(
          new DeviceEvent.NoImage(
              parts.config().address(),
              journal.runningImage(),
              ((QueryNextImageResponse.Refusal) received().message()).status()));
      return idle();
    }
    Download part = kept.get();
    String reason = "the server has no " + part.file() + ", part " + (part.part() + 1);
    if (downloads.parts().isOverdue(now)) {
      report(part.image(), Failure.EXPIRED, reason);
      return forget();
    }
    downloads.rest(now, part, reason, effects);
    return RESTING;
  }

  // The offer.

  private QueryNextImageResponse.Success offer() {
    return (QueryNextImageResponse.Success) received().message();
  }

  DeviceState offered() {
    server.awaitNothing();
    QueryNextImageResponse.Success offer = offer();
    if (!parts.offers().isForMe(received(), offer, effects)) {
      return idle();
    }
    Optional<Download> kept = journal.current().download();
    if (kept.isPresent()
        && kept.get().file().equals(offer.image())
        && (kept.get().parts().isPresent() || kept.get().sizeOctets() == offer.imageSizeOctets())) {
      return downloads.resume(now, kept.get(), offer.imageSizeOctets(), effects)
          ? DOWNLOADING
          : ERASING;
    }
    if (kept.isPresent() && kept.get().awaitsPart()) {
      // A part of another version: that one has to come from its first part.
      report(kept.get().image(), Failure.ABORTED, "the server has " + offer.image());
      downloads.forget(now);
      return query();
    }
    return mayTake(offer) ? take(offer) : idle();
  }

  private boolean mayTake(QueryNextImageResponse.Success offer) {
    return parts.power().suffices(effects) && parts.offers().mayErase(now, offer.image(), effects);
  }

  private DeviceState take(QueryNextImageResponse.Success offer) {
    parts.offers().recordDowngrade(offer.image(), effects);
    parts.end().drop();
    Download begun = Download.of(offer.image(), offer.imageSizeOctets());
    downloads.take(now, begun, begun.sizeOctets(), effects);
    return ERASING;
  }

  /** Another image than the one that waits is offered. */
  DeviceState offeredInstead() {
    QueryNextImageResponse.Success offer = offer();
    if (!server.isAnswer(received())) {
      // What lies verified is not given up for an answer that nobody asked for.
      return WAITING;
    }
    boolean isHeld = image().equals(offer.image());
    return !isHeld && parts.offers().isForMe(received(), offer, effects) && mayTake(offer)
        ? take(offer)
        : WAITING;
  }

  void eraseEnded() {
    downloads.eraseEnded();
  }

  DeviceState erased() {
    return downloads.erased(now, effects) ? DOWNLOADING : ERASING;
  }

  // Blocks.

  void request() {
    downloads.request(now, effects);
  }

  void pace() {
    downloads.pace(now);
  }

  void fileWhole() {
    if (downloads.finish(now, effects)) {
      journal.current().download().ifPresent(this::verify);
    }
  }

  private void verify(Download complete) {
    effects.pollFast(false);
    parts.check().verify(complete, effects);
  }

  /** The file is a part of an image, or is not the part that it was taken for. */
  DeviceState headDiffers() {
    downloads.stopRequests();
    ImageId image = image();
    if (((Cause.Block) cause).outcome() == BlockOutcome.ANOTHER_FILE) {
      String detail = file() + " is not the part that the manifest names";
      report(image, Failure.INVALID_IMAGE, detail);
      return refuse(ZclStatus.INVALID_IMAGE);
    }
    Optional<Parts.Refusal> refusal = downloads.refusalOfParts();
    if (refusal.isPresent()) {
      report(image, refusal.get().failure(), refusal.get().detail());
      return refuse(refusal.get().status());
    }
    if (!parts.offers().mayErase(now, image, effects)) {
      return refuse(ZclStatus.ABORT);
    }
    downloads.takeParts(now, effects);
    return ERASING;
  }

  /** The file that comes or has come. */
  ImageId file() {
    return downloads.file().orElseGet(journal::runningImage);
  }

  /** Tells the server that the file is not kept. */
  DeviceState refuse(ZclStatus status) {
    parts.end().begin(now, new Held.Refused(file(), status), effects);
    return ENDING;
  }

  DeviceState blockOverdue() {
    if (downloads.overdue(now, effects)) {
      return DOWNLOADING;
    }
    return rest("no answer after " + server.tries() + " tries");
  }

  private DeviceState rest(String reason) {
    downloads.rest(now, reason, effects);
    return RESTING;
  }

  void waitForData() {
    ImageBlockResponse.WaitForData wait = (ImageBlockResponse.WaitForData) received().message();
    downloads.waitForData(now, wait, effects);
  }

  void blockRefused() {
    ZclStatus status = ((ImageBlockResponse.Refusal) received().message()).status();
    report(image(), Failure.ABORTED, "the server answers " + status);
    forget();
  }

  DeviceState requestRefused() {
    ZclStatus status = defaultResponse();
    if (status.equals(ZclStatus.SUCCESS)
        || (status.equals(ZclStatus.UNSUP_CLUSTER_COMMAND) && downloads.leavePages(now, effects))) {
      return DOWNLOADING;
    }
    // Most often the server has no such image for now: it is asked again after a rest.
    return rest("the server answers " + status);
  }

  /** The download has taken too long in all: whoever holds it up does not hold the device. */
  void expired() {
    reportExpired();
    forget();
  }

  /** The same while the server counts on more requests. */
  void expiredTransfer() {
    reportExpired();
    abandon();
  }

  private void reportExpired() {
    long days = parameters.downloadLimitMs() / (24 * 3_600_000L);
    report(image(), Failure.EXPIRED, "the download took more than " + days + " days");
  }

  void expiredBetween() {
    downloads.expireLater(now);
  }

  void abort() {
    if (journal.current().download().isPresent()) {
      report(image(), Failure.ABORTED, "the application gave up");
    }
    forget();
  }

  /** The same while the server counts on more requests. */
  void abortTransfer() {
    report(image(), Failure.ABORTED, "the application gave up");
    abandon();
  }

  /** The server is told. No restart until it answers goes on with the image. */
  private void abandon() {
    downloads.stopRequests();
    ImageId file = file();
    downloads.forget(now);
    parts.end().begin(now, new Held.Refused(file, ZclStatus.ABORT), effects);
  }
}
