// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.DISCOVERING;
import static org.hanota.device.DeviceState.DOWNLOADING;
import static org.hanota.device.DeviceState.ERASING;
import static org.hanota.device.DeviceState.IDLE;
import static org.hanota.device.DeviceState.PAUSED;
import static org.hanota.device.DeviceState.QUERYING;
import static org.hanota.device.DeviceState.RESTING;
import static org.hanota.device.DeviceState.WAITING;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ReadAttributes;
import org.hanota.api.zcl.ReadAttributesResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal.Boot;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.bank.Slot;
import org.hanota.otaformat.OtaHeader;
import org.jspecify.annotations.Nullable;

/** Query, offer and blocks: everything until the last octet has come. */
abstract class TransferActions extends PartActions {
  TransferActions(
      DeviceConfig config,
      ImageBank bank,
      SeededRandom random,
      BooleanSupplier selfTest,
      PowerSource power) {
    super(config, bank, random, selfTest, power);
  }

  /** Every octet is there. */
  abstract DeviceState verify();

  // Server and query.

  @Override
  DeviceState query() {
    timers.stop(DeviceTimer.REQUEST);
    timers.stop(DeviceTimer.QUERY);
    tries = 0;
    if (journal().boot() != Boot.CONFIRMED) {
      // Only now, since a cut in the call that tells discards what it told.
      memory.told();
    } else {
      memory.keepAge(now());
    }
    if (server == null) {
      effects().discover(config.profileId(), Clusters.OTA_UPGRADE);
      return DISCOVERING;
    }
    report(new UpdateEvent.Querying(config.address(), runningImage()));
    sendQuery();
    return QUERYING;
  }

  void sendQuery() {
    queries++;
    send(new QueryNextImageRequest(queried(), config.hardwareVersion()));
    timer(DeviceTimer.RESPONSE, responseTimeout());
  }

  void serverFound() {
    rememberServer();
    query();
  }

  void rememberServer() {
    server = ((Input.ServerFound) present(input)).server();
  }

  void noServer() {
    timer(DeviceTimer.QUERY, parameters.discoveryRetryMs());
  }

  /** A gas meter is not notified: it looks whether its hub has news. [ZSE D.3] */
  void readFlags() {
    timer(DeviceTimer.FLAGS, parameters.notificationPollMs());
    if (server != null) {
      effects()
          .send(
              server,
              new ReadAttributes(
                  Clusters.METERING,
                  Direction.SERVER_TO_CLIENT,
                  List.of(FUNCTIONAL_NOTIFICATION_FLAGS)),
              options);
    }
  }

  /** Client attribute of the Metering cluster. */
  private static final int FUNCTIONAL_NOTIFICATION_FLAGS = 0x0000;

  /** Its bit for new firmware. */
  private static final long NEW_OTA_FIRMWARE = 1;

  /** Whether the flags that were read tell of firmware. */
  static boolean tellsOfFirmware(ReadAttributesResponse response) {
    return response.clusterId() == Clusters.METERING
        && response.records().stream()
            .anyMatch(
                entry ->
                    entry instanceof ReadAttributesResponse.Value value
                        && value.attributeId() == FUNCTIONAL_NOTIFICATION_FLAGS
                        && (value.value().value() & NEW_OTA_FIRMWARE) != 0);
  }

  DeviceState queryOverdue() {
    if (tries < parameters.quickTries()) {
      tries++;
      retries++;
      sendQuery();
      return QUERYING;
    }
    // The server may have gone: look for it anew. [ZCL 11.16]
    server = null;
    if (journal().download().isPresent()) {
      return rest("the server does not answer");
    }
    timer(DeviceTimer.QUERY, parameters.discoveryRetryMs());
    return IDLE;
  }

  DeviceState queryRefused() {
    if (message(DefaultResponse.class).status().equals(ZclStatus.SUCCESS)) {
      return QUERYING;
    }
    return idle();
  }

  // The offer.

  DeviceState offered() {
    timers.stop(DeviceTimer.RESPONSE);
    QueryNextImageResponse.Success offer = message(QueryNextImageResponse.Success.class);
    if (!isForMe(offer)) {
      return idle();
    }
    Optional<Download> kept = journal().download();
    if (kept.isPresent()
        && kept.get().file().equals(offer.image())
        && (kept.get().parts().isPresent() || kept.get().sizeOctets() == offer.imageSizeOctets())) {
      return resume(kept.get(), offer.imageSizeOctets());
    }
    if (kept.isPresent() && kept.get().awaitsPart()) {
      // A part of another version: that one has to come from its first part.
      report(failed(kept.get().image(), Failure.ABORTED, "the server has " + offer.image()));
      forget();
      return query();
    }
    return hasPower() && mayErase(offer.image()) ? take(offer) : idle();
  }

  /** Whether there is enough to begin something that must not break off. */
  boolean hasPower() {
    int percent = power.remainingPercent();
    if (percent >= parameters.minimumPowerPercent()) {
      return true;
    }
    report(new DeviceEvent.PowerLow(config.address(), percent, parameters.minimumPowerPercent()));
    return false;
  }

  /** Refuses what no device may take; what already runs is let be. [ZCL 11.13.5] */
  boolean isForMe(QueryNextImageResponse.Success offer) {
    ImageId image = offer.image();
    if (!image.manufacturerCode().equals(config.manufacturerCode())
        || !image.imageType().equals(queried().imageType())
        || image.fileVersion().equals(FileVersion.WILD_CARD)
        || offer.imageSizeOctets() < OtaHeader.MINIMUM_LENGTH) {
      reply(ZclStatus.INVALID_FIELD);
      report(failed(image, Failure.REFUSED, "the offer is not for this device"));
      return false;
    }
    if (offer.imageSizeOctets()
        > Math.min(bank.capacityOctets(), parameters.maximumImageOctets())) {
      reply(ZclStatus.INSUFFICIENT_SPACE);
      report(
          failed(
              image,
              Failure.INSUFFICIENT_SPACE,
              offer.imageSizeOctets()
                  + " octets, room for "
                  + Math.min(bank.capacityOctets(), parameters.maximumImageOctets())));
      return false;
    }
    if (!config.takes(image.fileVersion(), journal().running())) {
      reply(ZclStatus.NOT_AUTHORIZED);
      report(
          failed(
              image,
              Failure.REFUSED,
              image.fileVersion()
                  + (image.fileVersion().compareTo(journal().running()) < 0
                      ? " is lower than " + journal().running()
                      : " is the highest version, no other could follow it")
                  + ", and this device permits no downgrade"));
      return false;
    }
    return !image.fileVersion().equals(journal().running());
  }

  /** Whether a slot may be erased once more. */
  @Override
  boolean mayErase(ImageId image) {
    if (memory.erases().take(now())) {
      return true;
    }
    String detail = "no erase is left, one more in " + memory.erases().waitMs(now()) / 1000 + " s";
    report(failed(image, Failure.REFUSED, detail));
    return false;
  }

  DeviceState take(QueryNextImageResponse.Success offer) {
    if (!DeviceConfig.follows(offer.image().fileVersion(), journal().running())) {
      config
          .downgrade()
          .ifPresent(
              permission ->
                  report(
                      new DeviceEvent.DowngradePermitted(
                          config.address(),
                          offer.image(),
                          journal().running(),
                          permission.reason())));
    }
    Download begun = Download.of(offer.image(), offer.imageSizeOctets());
    return erase(new Transfer(begun, begun.sizeOctets(), parameters, minimumBlockPeriod));
  }

  /** The download whose slot is erased now; an erase cannot be called off. */
  private @Nullable Transfer erasing;

  private long eraseFrom;

  @Override
  DeviceState erase(Transfer begun) {
    verified = null;
    timers.stop(DeviceTimer.EXPIRY);
    // The journal forgets the old image before a single octet of it is erased.
    memory.downloadBegins(now());
    return eraseFrom(0, begun);
  }

  private DeviceState eraseFrom(long fromOctet, Transfer begun) {
    transfer = begun;
    eraseFrom = fromOctet;
    if (erasing == null) {
      startErase(begun);
    }
    return ERASING;
  }

  private void startErase(Transfer begun) {
    erasing = begun;
    ImageBank storage = bank;
    Slot slot = journal().inactive();
    long from = eraseFrom;
    effects()
        .start(
            new Job(
                Job.Kind.ERASE,
                begun.download().sizeOctets() - from,
                () -> {
                  storage.erase(slot, from);
                  return new DeviceInput.Erased();
                }));
  }

  /** The slot of a download that was given up meanwhile is empty: the next one may be erased. */
  void eraseEnded() {
    erasing = null;
  }

  DeviceState erased() {
    boolean wanted = erasing == transfer;
    erasing = null;
    if (!wanted) {
      // It was for a download that was given up before its slot was empty.
      startErase(transfer());
      return ERASING;
    }
    slotWriter.erased();
    journal().download().filter(kept -> !kept.tail().isEmpty()).ifPresent(this::writeTail);
    save(journal().withDownload(Optional.of(transfer().download())));
    return begin();
  }

  private void writeTail(Download kept) {
    slotWriter.write(journal().inactive(), kept.tailStart(), kept.tail());
  }

  DeviceState resume(Download kept, long fileSize) {
    if (slotWriter.needsErase()) {
      Download goesOn = kept.withTail(slotWriter.unfinished(kept.partStart(), kept.tail()));
      return eraseFrom(
          kept.writePosition(), new Transfer(goesOn, fileSize, parameters, minimumBlockPeriod));
    }
    transfer = new Transfer(kept, fileSize, parameters, minimumBlockPeriod);
    return begin();
  }

  DeviceState begin() {
    Download begun = transfer().download();
    timer(DeviceTimer.EXPIRY, memory.downloadLeftMs(now()));
    report(
        new UpdateEvent.Started(
            config.address(), begun.image(), begun.sizeOctets(), begun.position()));
    transfer().started(now());
    effects().pollFast(true);
    tries = 0;
    return request();
  }

  DeviceState offeredInstead() {
    QueryNextImageResponse.Success offer = message(QueryNextImageResponse.Success.class);
    if (!answersOutstanding(present(received))) {
      // What lies verified is not given up for an answer that nobody asked for.
      return WAITING;
    }
    boolean held = journal().download().isPresent() && download().image().equals(offer.image());
    if (held || !isForMe(offer) || !hasPower() || !mayErase(offer.image())) {
      return WAITING;
    }
    timers.stop(DeviceTimer.END);
    return take(offer);
  }

  // Blocks.

  DeviceState request() {
    send(transfer().nextRequest());
    timer(DeviceTimer.RESPONSE, responseTimeout());
    return DOWNLOADING;
  }

  DeviceState block(DeviceState state) {
    Transfer current = transfer;
    ImageBlockResponse.Success block = message(ImageBlockResponse.Success.class);
    if (current == null || !current.accepts(block)) {
      ignored++;
      return state;
    }
    blocks++;
    tries = 0;
    restsInARow = 0;
    if (current.readsHead()) {
      Optional<FileHead.Content> content = current.head(block.data());
      DeviceState unfit = content.isPresent() ? headKnown(current, content.get()) : null;
      if (unfit != null) {
        return unfit;
      }
    } else {
      slotWriter.write(journal().inactive(), current.position(block.fileOffset()), block.data());
      current.add(block);
    }
    if (current.tells()) {
      DeviceState divided = divided(current);
      if (divided != null) {
        return divided;
      }
    }
    boolean percent = current.percent(now());
    if (percent) {
      reportPercent(current);
    }
    if (current.isComplete()) {
      if (!current.download().isComplete()) {
        return checkPart();
      }
      slotWriter.finish(journal().inactive());
      save(journal().withDownload(Optional.of(current.download())));
      return verify();
    }
    if (current.position() - download().position() >= parameters.journalOctets()) {
      save(journal().withDownload(Optional.of(current.download())));
    }
    if (state != DOWNLOADING) {
      // A late block while pausing or resting: stored, and the pause goes on.
      return state;
    }
    if (current.expectsMoreOfPage()) {
      timer(DeviceTimer.RESPONSE, responseTimeout() + parameters.pageResponseSpacingMs());
      return DOWNLOADING;
    }
    long period = current.blockPeriodMs();
    if (period == 0) {
      return request();
    }
    return pause(period);
  }

  private void reportPercent(Transfer current) {
    report(
        new UpdateEvent.Transferring(
            config.address(),
            current.download().image(),
            current.download().sizeOctets(),
            current.position(),
            current.remainingMillis()));
  }

  DeviceState pause(long millis) {
    timers.stop(DeviceTimer.RESPONSE);
    timer(DeviceTimer.REQUEST, millis);
    return PAUSED;
  }

  DeviceState blockOverdue() {
    retries++;
    if (transfer().leavePage()) {
      // What is missing of the page is asked for block by block.
      return request();
    }
    if (tries < parameters.blockRetryLimit()) {
      tries++;
      return request();
    }
    return rest("no answer after " + tries + " tries");
  }

  private int restsInARow;

  /** Keeps its place, sends no ABORT, and queries again later. */
  @Override
  DeviceState rest(String reason) {
    rests++;
    long pause = parameters.restMs();
    for (int i = 0; i < restsInARow && pause < parameters.restCapMs(); i++) {
      pause *= 2;
    }
    pause = Math.min(pause, parameters.restCapMs());
    restsInARow++;
    timers.stop(DeviceTimer.RESPONSE);
    Download kept = transfer != null ? transfer.download() : download();
    if (kept.position() != download().position()) {
      save(journal().withDownload(Optional.of(kept)));
    }
    memory.keepAge(now());
    report(new UpdateEvent.Paused(config.address(), kept.image(), kept.position(), reason, pause));
    effects().pollFast(false);
    timer(DeviceTimer.REQUEST, pause);
    return RESTING;
  }

  void waitForData() {
    ImageBlockResponse.WaitForData wait = message(ImageBlockResponse.WaitForData.class);
    if (wait.minimumBlockPeriod().isPresent()) {
      minimumBlockPeriod = wait.minimumBlockPeriod().getAsInt();
      transfer().minimumBlockPeriod(minimumBlockPeriod);
    }
    tries = 0;
    memory.keepAge(now());
    transfer().abandonPage();
    // A doubted clock may make the device wait; nothing comes of it but the next request.
    OptionalLong delay = delayMs(wait.currentTime(), wait.requestTime(), now().shownUtcMillis());
    long pause =
        delay.isEmpty()
            ? parameters.invalidWaitMs()
            : delay.getAsLong() == 0
                ? transfer().blockPeriodMs()
                : Math.min(delay.getAsLong(), parameters.waitForDataCapMs());
    if (pause >= parameters.restMs()) {
      report(
          new UpdateEvent.Paused(
              config.address(),
              transfer().download().image(),
              transfer().position(),
              "the server says wait",
              pause));
    }
    pause(pause);
  }

  void blockRefused() {
    ZclStatus status = message(ImageBlockResponse.Refusal.class).status();
    report(failed(transfer().download().image(), Failure.ABORTED, "the server answers " + status));
    forget();
    idle();
  }

  DeviceState requestRefused() {
    ZclStatus status = message(DefaultResponse.class).status();
    if (status.equals(ZclStatus.SUCCESS)) {
      return DOWNLOADING;
    }
    if (status.equals(ZclStatus.UNSUP_CLUSTER_COMMAND) && transfer().withoutPages()) {
      return request();
    }
    // Most often the server has no such image for now: it is asked again after a rest.
    return rest("the server answers " + status);
  }

  /** The download has taken too long in all: whoever holds it up does not hold the device. */
  void expired() {
    reportExpired();
    forget();
    idle();
  }

  /** The same while the server counts on more requests: it is told. */
  void expiredTransfer() {
    reportExpired();
    timers.stop(DeviceTimer.REQUEST);
    end(ZclStatus.ABORT);
  }

  private void reportExpired() {
    long days = parameters.downloadLimitMs() / (24 * 3_600_000L);
    ImageId image = transfer != null ? transfer.download().image() : download().image();
    report(failed(image, Failure.EXPIRED, "the download took more than " + days + " days"));
  }

  /** What runs ends soon; the time is looked at again then. */
  void expiredBetween() {
    timer(DeviceTimer.EXPIRY, parameters.responseTimeoutMs());
  }

  void abort() {
    if (journal().download().isPresent()) {
      report(failed(download().image(), Failure.ABORTED, "the application gave up"));
    }
    forget();
    idle();
  }

  void abortTransfer() {
    timers.stop(DeviceTimer.REQUEST);
    ImageId image = transfer != null ? transfer.download().image() : download().image();
    report(failed(image, Failure.ABORTED, "the application gave up"));
    end(ZclStatus.ABORT);
  }
}
