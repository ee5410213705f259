// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.DISCOVERING;
import static org.hanota.device.DeviceState.DOWNLOADING;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.ERASING;
import static org.hanota.device.DeviceState.IDLE;
import static org.hanota.device.DeviceState.PAUSED;
import static org.hanota.device.DeviceState.QUERYING;
import static org.hanota.device.DeviceState.RESTING;
import static org.hanota.device.DeviceState.SWAPPING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.VERIFYING;
import static org.hanota.device.DeviceState.WAITING;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.Timers;
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
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.Journal.Activation;
import org.hanota.device.Journal.Boot;
import org.hanota.device.Journal.Download;
import org.hanota.gbcs.Acceptance;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.VerifiedImage;
import org.jspecify.annotations.Nullable;

/** What a device does: the actions of {@link DeviceTransitions} and the state they work on. */
final class DeviceActions {
  /** Quick tries of a query or an Upgrade End Request before the long interval. */
  private static final int QUICK_TRIES = 3;

  final DeviceConfig config;
  final DeviceParameters parameters;
  final ImageBank bank;
  final Timers<DeviceTimer> timers = new Timers<>(DeviceTimer.class);
  private final SeededRandom random;
  private final BooleanSupplier selfTest;
  private final SendOptions options;
  final @Nullable GbcsAgent gbcs;
  final @Nullable Outbox outbox;

  Journal journal;
  @Nullable Peer server;
  @Nullable VerifiedImage verified;
  int downloadedStackVersion = 0xFFFF;
  private @Nullable Transfer transfer;
  private long requestId;
  private int tries;
  private int endTries;
  private ZclStatus endStatus = ZclStatus.SUCCESS;

  // Those of the call that runs.
  private @Nullable Now now;
  private @Nullable Effects effects;
  private @Nullable Received received;
  private @Nullable Input input;

  private long blocks;
  private long retries;
  private long rests;
  private long queries;
  long ignored;

  DeviceActions(
      DeviceConfig config, ImageBank bank, SeededRandom random, BooleanSupplier selfTest) {
    this.config = config;
    this.parameters = config.parameters();
    this.bank = bank;
    this.random = random;
    this.selfTest = selfTest;
    this.journal = bank.journal();
    this.options = SendOptions.ACKNOWLEDGED.withEncryption(config.apsEncryption());
    this.gbcs =
        config.gbcs().map(identity -> new GbcsAgent(config.address(), identity)).orElse(null);
    this.outbox = config.gbcs().map(identity -> new Outbox(this, identity.tunnelId())).orElse(null);
  }

  void enter(Now callNow, Effects callEffects, @Nullable Received message, @Nullable Input given) {
    now = callNow;
    effects = callEffects;
    received = message;
    input = given;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("not in this state");
    }
    return value;
  }

  Now now() {
    return present(now);
  }

  Effects effects() {
    return present(effects);
  }

  private <T extends ZclMessage> T message(Class<T> type) {
    return type.cast(present(received).message());
  }

  private void report(Event event) {
    effects().report(event);
  }

  void save(Journal next) {
    bank.save(next);
    journal = next;
  }

  private void timer(DeviceTimer timer, long afterMs) {
    timers.set(timer, now().plusMillis(afterMs));
  }

  private void send(ZclMessage message) {
    requestId = effects().send(present(server), message, options);
  }

  void reply(ZclStatus status) {
    Received request = present(received);
    effects().reply(request, DefaultResponse.to(request.message(), status), options);
  }

  boolean isOutstanding(long sendId) {
    return sendId == requestId;
  }

  boolean answersOutstanding(Received answer) {
    return requestId != 0 && (requestId & 0xFF) == answer.transactionSequence();
  }

  ImageId runningImage() {
    return new ImageId(config.manufacturerCode(), config.imageType(), journal.running());
  }

  private Download download() {
    return journal.download().orElseThrow(() -> new AssertionError("no download"));
  }

  private Transfer transfer() {
    return present(transfer);
  }

  /** Where the download stands; more than the journal knows, which lags behind. */
  OptionalLong fileOffset() {
    if (transfer != null) {
      return OptionalLong.of(transfer.position());
    }
    return kept().isPresent() ? OptionalLong.of(download().position()) : OptionalLong.empty();
  }

  /** The image that comes or has come; known while the slot is erased, before the journal is. */
  Optional<ImageId> imageUnderWay() {
    return transfer != null
        ? Optional.of(transfer.download().image())
        : kept().map(Download::image);
  }

  /** The journal's download; during a trial it is the image that runs, kept for a roll-back. */
  private Optional<Download> kept() {
    return journal.boot() == Boot.TRIAL ? Optional.empty() : journal.download();
  }

  int minimumBlockPeriod() {
    return minimumBlockPeriod;
  }

  private int minimumBlockPeriod;

  // Start.

  DeviceState start() {
    if (config.type() == DeviceType.GSME) {
      timer(DeviceTimer.FLAGS, parameters.notificationPollMs());
    }
    journal = BootLoader.boot(bank);
    if (journal.boot().isTrial()) {
      effects()
          .start(
              new Job(
                  Job.Kind.VERIFY, 0, () -> new DeviceInput.SelfTested(selfTest.getAsBoolean())));
      return TRYING;
    }
    if (journal.boot() == Boot.ROLLED_BACK) {
      Journal next =
          journal
              .withBoot(Boot.ROLLED_BACK_UNTOLD)
              .withActivation(Optional.empty())
              .withoutDownload();
      for (Octets message : activated(ActivateImageResponseCode.ACTIVATION_FAILURE)) {
        next = next.withMessage(message);
      }
      save(next);
    }
    if (journal.boot() == Boot.ROLLED_BACK_UNTOLD) {
      report(
          new UpdateEvent.Failed(
              config.address(),
              runningImage().withVersion(journal.other()),
              Failure.ROLLED_BACK,
              "the new image did not confirm itself; " + journal.running() + " runs again"));
    } else if (journal.boot() == Boot.CONFIRMED_UNTOLD) {
      report(new UpdateEvent.Confirmed(config.address(), runningImage()));
    }
    if (journal.download().isPresent() && download().isComplete()) {
      return verify();
    }
    if (journal.activation().isPresent() && now().knowsUtc()) {
      // A future dated command whose image has not come yet.
      timer(DeviceTimer.ACTIVATION, untilMs(journal.activation().get()));
    }
    // A download under way goes on soon; else a home full of devices must not ask at once after a
    // power cut. [ZCL 11.16]
    long jitter =
        journal.download().isPresent()
            ? parameters.responseTimeoutMs()
            : Math.max(1, parameters.queryStartJitterMs());
    timer(DeviceTimer.QUERY, random.belowLong(jitter));
    return IDLE;
  }

  DeviceState selfTested() {
    if (!((DeviceInput.SelfTested) present(input)).passed()) {
      journal = BootLoader.reject(bank);
      effects().start(Job.reboot());
      return TRYING;
    }
    journal = BootLoader.confirm(bank, activated(ActivateImageResponseCode.SUCCESS));
    report(new UpdateEvent.Confirmed(config.address(), runningImage()));
    // The server learns of the new version from the next query.
    timer(DeviceTimer.QUERY, random.belowLong(Math.max(1, parameters.queryStartJitterMs())));
    return IDLE;
  }

  /** What has to be told about an activation that ended: by CS06 or, from a PPMID, by CS09. */
  private List<Octets> activated(ActivateImageResponseCode code) {
    if (gbcs == null) {
      return List.of();
    }
    Optional<Activation> decided = journal.activation();
    if (decided.isPresent() && !decided.get().command().isEmpty()) {
      return List.of(gbcs.outcome(now(), decided.get().command(), code, journal.running()));
    }
    return config.type() == DeviceType.PPMID
        ? List.of(
            gbcs.ppmidAlert(now(), code == ActivateImageResponseCode.SUCCESS, journal.running()))
        : List.of();
  }

  // Server and query.

  DeviceState query() {
    timers.stop(DeviceTimer.REQUEST);
    timers.stop(DeviceTimer.QUERY);
    tries = 0;
    if (journal.boot() != Boot.CONFIRMED) {
      // Only now, since a cut in the call that tells discards what it told.
      journal = BootLoader.told(bank);
    }
    if (server == null) {
      effects().discover(config.profileId(), Clusters.OTA_UPGRADE);
      return DISCOVERING;
    }
    report(new UpdateEvent.Querying(config.address(), runningImage()));
    sendQuery();
    return QUERYING;
  }

  private void sendQuery() {
    queries++;
    send(new QueryNextImageRequest(runningImage(), config.hardwareVersion()));
    timer(DeviceTimer.RESPONSE, responseTimeout());
  }

  /** Each further try waits longer; a sleepy device hears the answer only when it polls. */
  private long responseTimeout() {
    return parameters.responseTimeoutMs()
        + parameters.pollPeriodMs()
        + tries * parameters.retryBackOffMs();
  }

  DeviceState serverFound() {
    server = ((Input.ServerFound) present(input)).server();
    return query();
  }

  DeviceState rememberServer() {
    server = ((Input.ServerFound) present(input)).server();
    return verified == null
        ? WAITING
        : timers.runs(DeviceTimer.ACTIVATION) ? COUNTING_DOWN : WAITING;
  }

  DeviceState noServer() {
    timer(DeviceTimer.QUERY, parameters.discoveryRetryMs());
    return IDLE;
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
    if (tries < QUICK_TRIES) {
      tries++;
      retries++;
      sendQuery();
      return QUERYING;
    }
    // The server may have gone: look for it anew. [ZCL 11.16]
    server = null;
    if (journal.download().isPresent()) {
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

  DeviceState noImage() {
    return idle();
  }

  /** Nothing more to do before the next query of its own accord. */
  private DeviceState idle() {
    timers.stop(DeviceTimer.RESPONSE);
    timers.stop(DeviceTimer.REQUEST);
    timers.stop(DeviceTimer.END);
    if (journal.activation().isEmpty()) {
      timers.stop(DeviceTimer.ACTIVATION);
    }
    effects().pollFast(false);
    transfer = null;
    verified = null;
    timer(DeviceTimer.QUERY, parameters.queryIntervalMs());
    return IDLE;
  }

  /** The request was not handed over: do not wait for the whole time-out. */
  private void sooner() {
    long soon = now().plusMillis(parameters.resendMs() * (tries + 1));
    timers.set(DeviceTimer.RESPONSE, Math.min(soon, timers.deadline(DeviceTimer.RESPONSE)));
  }

  DeviceState hurry() {
    sooner();
    return stateBefore;
  }

  /** For actions that stay where they are whatever the state. */
  DeviceState stateBefore = IDLE;

  // The offer.

  DeviceState offered() {
    timers.stop(DeviceTimer.RESPONSE);
    QueryNextImageResponse.Success offer = message(QueryNextImageResponse.Success.class);
    if (!isForMe(offer)) {
      return idle();
    }
    Optional<Download> kept = journal.download();
    if (kept.isPresent()
        && kept.get().image().equals(offer.image())
        && kept.get().sizeOctets() == offer.imageSizeOctets()) {
      return resume(kept.get());
    }
    return take(offer);
  }

  /** Refuses what no device may take; what already runs is let be. [ZCL 11.13.5] */
  private boolean isForMe(QueryNextImageResponse.Success offer) {
    ImageId image = offer.image();
    if (!image.manufacturerCode().equals(config.manufacturerCode())
        || !image.imageType().equals(config.imageType())
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
    return !image.fileVersion().equals(journal.running());
  }

  private DeviceState take(QueryNextImageResponse.Success offer) {
    Download begun = Download.of(offer.image(), offer.imageSizeOctets());
    verified = null;
    // The journal forgets the old image before a single octet of it is erased.
    save(journal.withoutDownload());
    transfer = new Transfer(begun, config, minimumBlockPeriod);
    effects()
        .start(
            new Job(
                Job.Kind.ERASE,
                offer.imageSizeOctets(),
                () -> {
                  bank.erase(journal.inactive());
                  return new DeviceInput.Erased();
                }));
    return ERASING;
  }

  DeviceState erased() {
    save(journal.withDownload(Optional.of(transfer().download())));
    return begin();
  }

  private DeviceState resume(Download kept) {
    transfer = new Transfer(kept, config, minimumBlockPeriod);
    return kept.isComplete() ? verify() : begin();
  }

  private DeviceState begin() {
    Download begun = transfer().download();
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
    boolean held = journal.download().isPresent() && download().image().equals(offer.image());
    if (held || !isForMe(offer)) {
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

  DeviceState block() {
    Transfer current = transfer();
    ImageBlockResponse.Success block = message(ImageBlockResponse.Success.class);
    if (!current.accepts(block)) {
      ignored++;
      return stateBefore;
    }
    bank.write(journal.inactive(), block.fileOffset(), block.data());
    boolean percent = current.add(block, now());
    blocks++;
    tries = 0;
    restsInARow = 0;
    if (percent) {
      report(
          new UpdateEvent.Transferring(
              config.address(),
              current.download().image(),
              current.download().sizeOctets(),
              current.position(),
              current.remainingMillis()));
    }
    if (current.isComplete()) {
      save(journal.withDownload(Optional.of(current.download())));
      return verify();
    }
    if (current.position() - download().position() >= parameters.journalOctets()) {
      save(journal.withDownload(Optional.of(current.download())));
    }
    if (stateBefore != DOWNLOADING) {
      // A late block while pausing or resting: stored, and the pause goes on.
      return stateBefore;
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

  private DeviceState pause(long millis) {
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
  private DeviceState rest(String reason) {
    rests++;
    long pause = parameters.restMs();
    for (int i = 0; i < restsInARow && pause < parameters.restCapMs(); i++) {
      pause *= 2;
    }
    pause = Math.min(pause, parameters.restCapMs());
    restsInARow++;
    timers.stop(DeviceTimer.RESPONSE);
    Download kept = download();
    if (transfer != null) {
      kept = transfer.download();
      if (kept.position() != download().position()) {
        save(journal.withDownload(Optional.of(kept)));
      }
    } else {
      transfer = new Transfer(kept, config, minimumBlockPeriod);
    }
    report(new UpdateEvent.Paused(config.address(), kept.image(), kept.position(), reason, pause));
    effects().pollFast(false);
    timer(DeviceTimer.REQUEST, pause);
    return RESTING;
  }

  DeviceState waitForData() {
    ImageBlockResponse.WaitForData wait = message(ImageBlockResponse.WaitForData.class);
    if (wait.minimumBlockPeriod().isPresent()) {
      minimumBlockPeriod = wait.minimumBlockPeriod().getAsInt();
      transfer().minimumBlockPeriod(minimumBlockPeriod);
    }
    tries = 0;
    transfer().abandonPage();
    OptionalLong delay = delayMs(wait.currentTime(), wait.requestTime());
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
    return pause(pause);
  }

  /**
   * The time from now to {@code then}: an offset if {@code current} is zero, else the difference of
   * the two whatever the own clock says. Empty if that makes no sense. [ZCL 11.11.4]
   */
  private OptionalLong delayMs(ZigBeeTime current, ZigBeeTime then) {
    if (then.equals(ZigBeeTime.INVALID)) {
      return OptionalLong.empty();
    }
    if (current.equals(ZigBeeTime.INVALID)) {
      if (!now().knowsUtc()) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(Math.max(0, then.utcMillis() - now().utcMillis()));
    }
    long seconds = then.seconds() - current.seconds();
    return seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds * 1000);
  }

  DeviceState blockRefused() {
    ZclStatus status = message(ImageBlockResponse.Refusal.class).status();
    report(failed(transfer().download().image(), Failure.ABORTED, "the server answers " + status));
    forget();
    return idle();
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

  private void forget() {
    if (journal.download().isPresent() || journal.activation().isPresent()) {
      save(journal.withoutDownload());
    }
  }

  DeviceState abort() {
    if (journal.download().isPresent()) {
      report(failed(download().image(), Failure.ABORTED, "the application gave up"));
    }
    forget();
    return idle();
  }

  DeviceState abortTransfer() {
    timers.stop(DeviceTimer.REQUEST);
    report(failed(transfer().download().image(), Failure.ABORTED, "the application gave up"));
    return end(ZclStatus.ABORT);
  }

  // Verification and the end of the transfer.

  private DeviceState verify() {
    timers.stop(DeviceTimer.RESPONSE);
    timers.stop(DeviceTimer.REQUEST);
    effects().pollFast(false);
    Download complete = download();
    report(new UpdateEvent.Verifying(config.address(), complete.image()));
    effects()
        .start(
            new Job(
                Job.Kind.VERIFY,
                complete.sizeOctets(),
                () ->
                    new DeviceInput.VerificationDone(
                        config
                            .verifier()
                            .verify(
                                bank.read(journal.inactive(), complete.sizeOctets()),
                                complete.image()))));
    return VERIFYING;
  }

  DeviceState verificationDone() {
    Verification result = ((DeviceInput.VerificationDone) present(input)).verification();
    boolean holds = result instanceof Verification.Verified;
    receipt(holds);
    if (result instanceof Verification.Refused refused) {
      report(
          failed(
              download().image(), Failure.INVALID_IMAGE, refused.step() + ": " + refused.reason()));
      return end(ZclStatus.INVALID_IMAGE);
    }
    VerifiedImage image = ((Verification.Verified) result).image();
    verified = image;
    OctetSource file = bank.read(journal.inactive(), image.sizeOctets());
    downloadedStackVersion = OtaHeader.read(file).zigBeeStackVersion();
    report(
        new UpdateEvent.Verified(
            config.address(), image.image(), image.verifier() + ": " + image.reason()));
    Optional<Activation> decided = journal.activation();
    if (decided.isPresent() && decided.get().utcMillis().isPresent() && now().knowsUtc()) {
      return countDown(untilMs(decided.get()), decided.get());
    }
    if (decided.isPresent() && !decided.get().command().isEmpty()) {
      // A command to activate at once, cut short by a restart.
      return activate();
    }
    endTries = 0;
    return end(ZclStatus.SUCCESS);
  }

  private long untilMs(Activation decided) {
    return Math.max(0, decided.utcMillis().orElse(0) - now().utcMillis());
  }

  /** Tells the supplier once for each image that it has come. [GBCS 11.2.6] */
  private void receipt(boolean holds) {
    Download complete = download();
    if (gbcs == null || !config.type().activatedByCommand() || complete.receipted()) {
      return;
    }
    Octets hash =
        GbcsAgent.manufacturerImageHash(bank.read(journal.inactive(), complete.sizeOctets()));
    save(
        journal
            .withDownload(Optional.of(complete.withReceipt()))
            .withMessage(gbcs.receiptAlert(now(), holds, hash)));
  }

  private DeviceState end(ZclStatus status) {
    endStatus = status;
    tries = 0;
    return tellServer();
  }

  DeviceState tellServer() {
    if (input instanceof Input.ServerFound found) {
      server = found.server();
    }
    timers.stop(DeviceTimer.END);
    timer(DeviceTimer.RESPONSE, responseTimeout());
    if (server == null) {
      effects().discover(config.profileId(), Clusters.OTA_UPGRADE);
    } else {
      ImageId image = transfer != null ? transfer.download().image() : download().image();
      send(new UpgradeEndRequest(endStatus, image));
    }
    return ENDING;
  }

  DeviceState endOverdue() {
    if (tries < QUICK_TRIES) {
      tries++;
      retries++;
      return tellServer();
    }
    tries = 0;
    if (!endStatus.equals(ZclStatus.SUCCESS)) {
      return ended();
    }
    endTries++;
    if (endTries < parameters.endRequestTries()) {
      return waitForServer("the server to answer");
    }
    if (config.upgradeTimeoutPolicy() == 0) {
      // The server is gone; the standard lets the device go on. [ZCL 11.11.4]
      return activate();
    }
    return waitFor("a command");
  }

  DeviceState endAnswered() {
    ZclStatus answer = message(DefaultResponse.class).status();
    if (!endStatus.equals(ZclStatus.SUCCESS)) {
      return ended();
    }
    if (answer.equals(ZclStatus.ABORT)) {
      report(failed(download().image(), Failure.ABORTED, "the server answers " + answer));
      forget();
      return idle();
    }
    return ENDING;
  }

  /** The server knows that the image was not kept. */
  private DeviceState ended() {
    forget();
    return idle();
  }

  DeviceState refuseUpgrade() {
    reply(ZclStatus.INVALID_IMAGE);
    return stateBefore;
  }

  DeviceState upgradeEndResponse() {
    if (!endStatus.equals(ZclStatus.SUCCESS)) {
      return stateBefore;
    }
    UpgradeEndResponse response = message(UpgradeEndResponse.class);
    timers.stop(DeviceTimer.RESPONSE);
    if (config.upgradeActivationPolicy() != 0) {
      // Only a command activates this device. [ZCL 11.10.12]
      if (!response.waits()) {
        reply(ZclStatus.NOT_AUTHORIZED);
      }
      return timers.runs(DeviceTimer.ACTIVATION) ? COUNTING_DOWN : waitFor("a command");
    }
    timers.stop(DeviceTimer.ACTIVATION);
    if (journal.activation().isPresent()) {
      save(journal.withActivation(Optional.empty()));
    }
    endTries = 0;
    if (response.waits()) {
      return waitForServer("the server to say when");
    }
    OptionalLong delay = delayMs(response.currentTime(), response.upgradeTime());
    if (delay.isEmpty()) {
      reply(ZclStatus.INVALID_VALUE);
      return waitForServer("a time that makes sense");
    }
    if (delay.getAsLong() == 0) {
      return activate();
    }
    OptionalLong utc =
        now().knowsUtc()
            ? OptionalLong.of(now().utcMillis() + delay.getAsLong())
            : OptionalLong.empty();
    Activation decided = new Activation(download().image(), utc, Octets.EMPTY);
    save(journal.withActivation(Optional.of(decided)));
    return countDown(delay.getAsLong(), decided);
  }

  private DeviceState waitForServer(String until) {
    timer(DeviceTimer.END, parameters.endRequestRetryMs());
    return waitFor(until);
  }

  private DeviceState waitFor(String until) {
    timers.stop(DeviceTimer.RESPONSE);
    if (stateBefore != WAITING) {
      report(new UpdateEvent.Waiting(config.address(), download().image(), until));
    }
    if (!timers.runs(DeviceTimer.QUERY)) {
      timer(DeviceTimer.QUERY, parameters.queryIntervalMs());
    }
    return WAITING;
  }

  private DeviceState countDown(long millis, Activation decided) {
    timers.stop(DeviceTimer.END);
    timer(DeviceTimer.ACTIVATION, millis);
    String until =
        decided.utcMillis().isPresent()
            ? ZigBeeTime.ofUtcMillis(decided.utcMillis().getAsLong()).toString()
            : millis / 1000 + " s from now";
    report(new UpdateEvent.Waiting(config.address(), download().image(), until));
    return COUNTING_DOWN;
  }

  DeviceState queryBeside() {
    timer(DeviceTimer.QUERY, parameters.queryIntervalMs());
    if (server == null) {
      effects().discover(config.profileId(), Clusters.OTA_UPGRADE);
    } else {
      queries++;
      send(new QueryNextImageRequest(runningImage(), config.hardwareVersion()));
    }
    return stateBefore;
  }

  // Activation.

  DeviceState activate() {
    ImageId image = present(verified).image();
    long size = present(verified).sizeOctets();
    timers.stop(DeviceTimer.RESPONSE);
    timers.stop(DeviceTimer.END);
    timers.stop(DeviceTimer.QUERY);
    timers.stop(DeviceTimer.ACTIVATION);
    report(new UpdateEvent.Activating(config.address(), image));
    effects().start(new Job(Job.Kind.SWAP, size, () -> swap(image, size)));
    return SWAPPING;
  }

  /** Checks once more what lies in the slot now, then puts it in place. [GBCS 11.5] */
  private Input swap(ImageId image, long size) {
    OctetSource file = bank.read(journal.inactive(), size);
    Verification again = config.verifier().verify(file, image);
    if (again instanceof Verification.Refused refused) {
      return new DeviceInput.SwapRefused(false, refused.step() + ": " + refused.reason());
    }
    Optional<Octets> ordered =
        journal
            .activation()
            .filter(decided -> !decided.command().isEmpty())
            .map(decided -> GbcsAgent.orderedHash(decided.command()));
    if (ordered.isPresent() && !ordered.get().equals(GbcsAgent.manufacturerImageHash(file))) {
      return new DeviceInput.SwapRefused(true, "the command names another image");
    }
    BootLoader.swap(bank, ((Verification.Verified) again).image());
    return new DeviceInput.Swapped();
  }

  DeviceState swapRefused() {
    DeviceInput.SwapRefused refused = (DeviceInput.SwapRefused) present(input);
    report(failed(download().image(), Failure.ACTIVATION_FAILED, refused.reason()));
    Journal next = journal.withActivation(Optional.empty()).withoutDownload();
    for (Octets message :
        activated(
            refused.hashMismatch()
                ? ActivateImageResponseCode.HASH_MISMATCH
                : ActivateImageResponseCode.ACTIVATION_FAILURE)) {
      next = next.withMessage(message);
    }
    save(next);
    return idle();
  }

  /** The time of a future dated command has come and there is nothing to activate. [GBCS 11.5] */
  DeviceState activationWithoutImage() {
    if (journal.activation().isPresent()) {
      Journal next = journal.withActivation(Optional.empty());
      for (Octets message : activated(ActivateImageResponseCode.NO_IMAGE_HELD)) {
        next = next.withMessage(message);
      }
      save(next);
    }
    return stateBefore;
  }

  DeviceState schedule() {
    Activation decided = journal.activation().orElseThrow(AssertionError::new);
    return countDown(untilMs(decided), decided);
  }

  DeviceState cancel() {
    timers.stop(DeviceTimer.ACTIVATION);
    return waitFor("a command");
  }

  DeviceState reboot() {
    effects().start(Job.reboot());
    return SWAPPING;
  }

  // Commands.

  /**
   * A GBCS command came. What it decides is stored, with the answer, before anything else happens.
   *
   * @return what it means for the update, or null
   */
  @Nullable DeviceStimulus command(Octets octets) {
    GbcsAgent agent = present(gbcs);
    Acceptance acceptance = agent.accept(octets);
    if (acceptance instanceof Acceptance.Refused refused) {
      report(new DeviceEvent.CommandRefused(config.address(), refused.refusal(), refused.detail()));
      return null;
    }
    Message message = ((Acceptance.Accepted) acceptance).message();
    if (!(message.payload() instanceof ActivateFirmware.Command order)
        || !config.type().activatedByCommand()) {
      report(new DeviceEvent.CommandIgnored(config.address(), message.header().messageCode()));
      return null;
    }
    Optional<Octets> held =
        Optional.ofNullable(verified)
            .map(
                image ->
                    GbcsAgent.manufacturerImageHash(
                        bank.read(journal.inactive(), image.sizeOctets())));
    ImageId image = held.isPresent() ? download().image() : runningImage();
    if (order.activation() instanceof ActivateFirmware.Activation.Cancel) {
      save(journal.withActivation(Optional.empty()).withMessage(agent.accepted(now(), message)));
      timers.stop(DeviceTimer.ACTIVATION);
      return DeviceStimulus.CANCEL;
    }
    if (order.activation() instanceof ActivateFirmware.Activation.At at) {
      long utc = at.executionDateTime().utcMillis();
      save(
          journal
              .withActivation(
                  Optional.of(new Activation(image, OptionalLong.of(utc), octets.copy())))
              .withMessage(agent.accepted(now(), message)));
      timer(DeviceTimer.ACTIVATION, Math.max(0, utc - now().utcMillis()));
      return DeviceStimulus.SCHEDULE;
    }
    if (held.isEmpty() || !held.get().equals(order.manufacturerImageHash())) {
      save(
          journal.withMessage(
              agent.outcome(
                  now(),
                  octets,
                  held.isEmpty()
                      ? ActivateImageResponseCode.NO_IMAGE_HELD
                      : ActivateImageResponseCode.HASH_MISMATCH,
                  journal.running())));
      return null;
    }
    save(
        journal.withActivation(
            Optional.of(new Activation(image, OptionalLong.empty(), octets.copy()))));
    return DeviceStimulus.ACTIVATE;
  }

  private UpdateEvent failed(ImageId image, Failure failure, String detail) {
    return new UpdateEvent.Failed(config.address(), image, failure, detail);
  }

  DeviceCounts counts() {
    return new DeviceCounts(blocks, retries, rests, ignored, queries);
  }
}
