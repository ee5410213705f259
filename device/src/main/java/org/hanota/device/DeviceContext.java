// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.IDLE;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.Timers;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.otaformat.VerifiedImage;
import org.jspecify.annotations.Nullable;

/** The state that a device's actions work on, and what they all do with it. */
abstract class DeviceContext {
  final DeviceConfig config;
  final DeviceParameters parameters;
  final ImageBank bank;
  final SlotWriter slotWriter;
  final Timers<DeviceTimer> timers = new Timers<>(DeviceTimer.class);
  final SeededRandom random;
  final BooleanSupplier selfTest;
  final PowerSource power;
  final SendOptions options;
  final @Nullable GbcsAgent gbcs;
  final @Nullable Outbox outbox;
  final DeviceJournal memory;

  @Nullable Peer server;
  @Nullable VerifiedImage verified;
  int downloadedStackVersion = 0xFFFF;
  @Nullable Transfer transfer;
  long requestId;
  int tries;
  int endTries;
  ZclStatus endStatus = ZclStatus.SUCCESS;

  // Those of the call that runs.
  @Nullable Now now;
  @Nullable Effects effects;
  @Nullable Received received;
  @Nullable Input input;

  long blocks;
  long retries;
  long rests;
  long queries;
  long ignored;

  DeviceContext(
      DeviceConfig config,
      ImageBank bank,
      SeededRandom random,
      BooleanSupplier selfTest,
      PowerSource power) {
    this.config = config;
    this.parameters = config.parameters();
    this.bank = bank;
    this.slotWriter = new SlotWriter(bank);
    this.random = random;
    this.selfTest = selfTest;
    this.power = power;
    this.memory = new DeviceJournal(config, bank);
    this.options = SendOptions.ACKNOWLEDGED.withEncryption(config.apsEncryption());
    this.gbcs =
        config.gbcs().map(identity -> new GbcsAgent(config.address(), identity)).orElse(null);
    this.outbox = config.gbcs().map(identity -> new Outbox(this, identity.tunnelId())).orElse(null);
  }

  void enter(Now callNow, Effects callEffects, @Nullable Received message, @Nullable Input given) {
    now = callNow;
    received = message;
    // Most calls bring the same again, and to look costs less than to store a reference.
    if (effects != callEffects) {
      effects = callEffects;
    }
    if (input != given) {
      input = given;
    }
    memory.read(callNow, callEffects);
  }

  Journal journal() {
    return memory.current();
  }

  static <T> T present(@Nullable T value) {
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

  <T extends ZclMessage> T message(Class<T> type) {
    return type.cast(present(received).message());
  }

  void report(Event event) {
    effects().report(event);
  }

  void save(Journal next) {
    memory.save(now(), next);
  }

  void timer(DeviceTimer timer, long afterMs) {
    timers.set(timer, now().plusMillis(afterMs));
  }

  void send(ZclMessage message) {
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
    return new ImageId(config.manufacturerCode(), config.imageType(), journal().running());
  }

  Download download() {
    return journal().download().orElseThrow(() -> new AssertionError("no download"));
  }

  Transfer transfer() {
    return present(transfer);
  }

  /**
   * Where the file that comes stands; more than the journal knows, which lags behind. Of a part,
   * only its data count while nothing of it comes.
   */
  OptionalLong fileOffset() {
    if (transfer != null) {
      return OptionalLong.of(transfer.fileOffset());
    }
    return memory.download().isPresent()
        ? OptionalLong.of(download().position() - download().partStart())
        : OptionalLong.empty();
  }

  /** The file that comes or has come; known while the slot is erased, before the journal is. */
  Optional<ImageId> fileUnderWay() {
    return transfer != null ? Optional.of(transfer.file()) : memory.download().map(Download::file);
  }

  /** Whether a part is there and nothing of the next one. */
  boolean isBetweenParts(DeviceState state) {
    return switch (state) {
      case ENDING -> endStatus.equals(ZclStatus.REQUIRE_MORE_IMAGE);
      case IDLE, DISCOVERING, QUERYING, RESTING ->
          memory.download().filter(d -> d.awaitsPart() && d.position() == d.partStart()).isPresent();
      default -> false;
    };
  }

  int minimumBlockPeriod() {
    return minimumBlockPeriod;
  }

  int minimumBlockPeriod;

  /** What has to be told about an activation that ended: by CS06 or, from a PPMID, by CS09. */
  List<Octets> activated(ActivateImageResponseCode code) {
    if (gbcs == null) {
      return List.of();
    }
    Optional<Activation> decided = journal().activation();
    if (decided.isPresent() && !decided.get().command().isEmpty()) {
      return List.of(gbcs.outcome(now(), decided.get().command(), code, journal().running()));
    }
    return config.type() == DeviceType.PPMID
        ? List.of(
            gbcs.ppmidAlert(now(), code == ActivateImageResponseCode.SUCCESS, journal().running()))
        : List.of();
  }

  /** The journal that follows an activation that ended, with what has to be told about it. */
  Journal withOutcome(Journal next, ActivateImageResponseCode code) {
    Journal told = next;
    for (Octets message : activated(code)) {
      told = told.withMessage(message);
    }
    return told;
  }

  /** Each further try waits longer; a sleepy device hears the answer only when it polls. */
  long responseTimeout() {
    return parameters.responseTimeoutMs()
        + parameters.pollPeriodMs()
        + tries * parameters.retryBackOffMs();
  }

  /** Nothing more to do before the next query of its own accord. */
  DeviceState idle() {
    timers.stop(DeviceTimer.RESPONSE);
    timers.stop(DeviceTimer.REQUEST);
    timers.stop(DeviceTimer.END);
    if (journal().activation().isEmpty()) {
      timers.stop(DeviceTimer.ACTIVATION);
    } else if (!timers.runs(DeviceTimer.ACTIVATION)) {
      awaitTime();
    }
    effects().pollFast(false);
    transfer = null;
    verified = null;
    timer(DeviceTimer.QUERY, parameters.queryIntervalMs());
    return IDLE;
  }

  /** The request was not handed over: do not wait for the whole time-out. */
  void sooner() {
    long soon = now().plusMillis(parameters.resendMs() * (tries + 1));
    timers.set(DeviceTimer.RESPONSE, Math.min(soon, timers.deadline(DeviceTimer.RESPONSE)));
  }

  /**
   * The time from now to {@code then}: an offset if {@code current} is zero, else the difference of
   * the two whatever the own clock says. Empty if that makes no sense. [ZCL 11.11.4]
   *
   * @param ownUtcMillis what the own clock says
   */
  OptionalLong delayMs(ZigBeeTime current, ZigBeeTime then, OptionalLong ownUtcMillis) {
    if (then.equals(ZigBeeTime.INVALID)) {
      return OptionalLong.empty();
    }
    if (current.equals(ZigBeeTime.INVALID)) {
      return ownUtcMillis.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Math.max(0, then.utcMillis() - ownUtcMillis.getAsLong()));
    }
    long seconds = then.seconds() - current.seconds();
    return seconds < 0 ? OptionalLong.empty() : OptionalLong.of(seconds * 1000);
  }

  void forget() {
    timers.stop(DeviceTimer.EXPIRY);
    memory.forgetDownload(now());
  }

  /**
   * Whether only the clock tells when the time comes that the server has set: it was found in the
   * journal, so that how long it was from then is forgotten, or was set by a clock in doubt.
   */
  boolean onlyClockTells;

  /** The activation whose time only the clock tells, as a command's always does. */
  Optional<Activation> byClock() {
    return journal()
        .activation()
        .filter(decided -> decided.utcMillis().isPresent())
        .filter(decided -> onlyClockTells || !decided.command().isEmpty());
  }

  /** Waits for the time of {@link #byClock}, if there is one. */
  void awaitTime() {
    byClock().ifPresent(decided -> timer(DeviceTimer.ACTIVATION, untilMs(decided)));
  }

  private long untilMs(Activation decided) {
    OptionalLong utc = memory.clock().utcMillis(now());
    return utc.isPresent()
        ? Math.max(
            0, Math.min(parameters.clockCheckMs(), decided.utcMillis().orElse(0) - utc.getAsLong()))
        : parameters.clockCheckMs();
  }

  /** Whether that time, by the clock as it is now, has not come. */
  boolean isTooEarly() {
    OptionalLong utc = memory.clock().utcMillis(now());
    return byClock()
        .filter(d -> utc.isEmpty() || d.utcMillis().orElse(0) > utc.getAsLong())
        .isPresent();
  }

  UpdateEvent failed(ImageId image, Failure failure, String detail) {
    return new UpdateEvent.Failed(config.address(), image, failure, detail);
  }

  DeviceCounts counts() {
    return new DeviceCounts(blocks, retries, rests, ignored, queries);
  }
}
