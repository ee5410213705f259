// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.VERIFYING;
import static org.hanota.device.DeviceState.WAITING;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.bank.Journal.Download;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Sha256;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.VerificationStep;
import org.hanota.otaformat.VerifiedImage;

/** Verification, what the server is told of it, and the wait for a word or a time. */
abstract class EndActions extends TransferActions {
  EndActions(
      DeviceConfig config,
      ImageBank bank,
      SeededRandom random,
      BooleanSupplier selfTest,
      PowerSource power) {
    super(config, bank, random, selfTest, power);
  }

  /** Puts the verified image in place, if there is power for it. */
  abstract DeviceState activate();

  @Override
  DeviceState verify() {
    timers.stop(DeviceTimer.RESPONSE);
    timers.stop(DeviceTimer.REQUEST);
    effects().pollFast(false);
    timers.stop(DeviceTimer.EXPIRY);
    Download complete = download();
    OctetSource file = bank.read(journal().inactive(), complete.sizeOctets());
    FileVersion running = journal().running();
    report(new UpdateEvent.Verifying(config.address(), complete.image()));
    effects()
        .start(
            new Job(
                Job.Kind.VERIFY,
                complete.sizeOctets(),
                () ->
                    new DeviceInput.VerificationDone(
                        verification(config, file, complete, running))));
    return VERIFYING;
  }

  /**
   * The verifier decides, then the header tells whether the image is for this device. One that came
   * in parts must be the one that its manifest names. Runs as a job: it knows its arguments only.
   */
  static Verification verification(
      DeviceConfig config, OctetSource file, Download complete, FileVersion running) {
    if (complete.parts().isPresent()) {
      Octets sha256 = Sha256.of(file);
      Octets named = complete.parts().get().wholeSha256();
      if (!sha256.equals(named)) {
        return new Verification.Refused(
            VerificationStep.FORM,
            "SHA-256 of the whole is " + sha256.toHex() + ", by the manifest " + named.toHex());
      }
    }
    Verification result = config.verifier().verify(file, complete.image());
    if (result instanceof Verification.Refused) {
      return result;
    }
    return config
        .mismatch(OtaHeader.read(file), running)
        .<Verification>map(reason -> new Verification.Refused(VerificationStep.IDENTITY, reason))
        .orElse(result);
  }

  DeviceState verificationDone() {
    Verification result = ((DeviceInput.VerificationDone) present(input)).verification();
    boolean holds = result instanceof Verification.Verified;
    receipt(holds);
    if (result instanceof Verification.Refused refused) {
      report(
          failed(
              download().image(), Failure.INVALID_IMAGE, refused.step() + ": " + refused.reason()));
      if (isOrderedNow()) {
        saveWithoutImage();
      }
      return end(ZclStatus.INVALID_IMAGE);
    }
    VerifiedImage image = ((Verification.Verified) result).image();
    verified = image;
    OctetSource file = bank.read(journal().inactive(), image.sizeOctets());
    downloadedStackVersion = OtaHeader.read(file).zigBeeStackVersion();
    report(
        new UpdateEvent.Verified(
            config.address(), image.image(), image.verifier() + ": " + image.reason()));
    if (isOrderedNow()) {
      // A command that was cut short by a restart, or that came during the verification.
      return activate();
    }
    endTries = 0;
    return end(ZclStatus.SUCCESS);
  }

  /** Tells the supplier once for each image that it has come. [GBCS 11.2.6] */
  private void receipt(boolean holds) {
    Download complete = download();
    if (gbcs == null || !config.type().activatedByCommand() || complete.receipted()) {
      return;
    }
    Octets hash =
        GbcsAgent.manufacturerImageHash(bank.read(journal().inactive(), complete.sizeOctets()));
    save(
        journal()
            .withDownload(Optional.of(complete.withReceipt()))
            .withMessage(gbcs.receiptAlert(now(), holds, hash)));
  }

  @Override
  DeviceState end(ZclStatus status) {
    endStatus = status;
    tries = 0;
    if (!timers.runs(DeviceTimer.ACTIVATION)) {
      // Its time may have come while the image was checked.
      awaitTime();
    }
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
      ImageId file = transfer != null ? transfer.file() : download().file();
      send(new UpgradeEndRequest(endStatus, file));
    }
    return ENDING;
  }

  DeviceState endOverdue(DeviceState state) {
    if (tries < parameters.quickTries()) {
      tries++;
      retries++;
      return tellServer();
    }
    tries = 0;
    if (endStatus.equals(ZclStatus.REQUIRE_MORE_IMAGE)) {
      // The query itself tells that the part has come.
      return nextPart();
    }
    if (!endStatus.equals(ZclStatus.SUCCESS)) {
      return ended();
    }
    endTries++;
    boolean again = endTries < parameters.endRequestTries();
    Optional<Activation> timed = byClock();
    if (timed.isPresent()) {
      DeviceState next = countDown(timed.get());
      if (again) {
        timer(DeviceTimer.END, parameters.endRequestRetryMs());
      }
      return next;
    }
    if (again) {
      return waitForServer(state, "the server to answer");
    }
    if (config.upgradeTimeoutPolicy() == 0) {
      // The server is gone; the standard lets the device go on. [ZCL 11.11.4]
      return activate();
    }
    return waitFor(state, "a command");
  }

  DeviceState endAnswered() {
    ZclStatus answer = message(DefaultResponse.class).status();
    boolean more = endStatus.equals(ZclStatus.REQUIRE_MORE_IMAGE);
    if (more && !answer.equals(ZclStatus.ABORT)) {
      return nextPart();
    }
    if (!more && !endStatus.equals(ZclStatus.SUCCESS)) {
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

  void refuseUpgrade() {
    reply(ZclStatus.INVALID_IMAGE);
  }

  DeviceState upgradeEndResponse(DeviceState state) {
    if (!endStatus.equals(ZclStatus.SUCCESS)) {
      return state;
    }
    UpgradeEndResponse response = message(UpgradeEndResponse.class);
    timers.stop(DeviceTimer.RESPONSE);
    if (config.upgradeActivationPolicy() != 0) {
      // Only a command activates this device. [ZCL 11.10.12]
      if (!response.waits()) {
        reply(ZclStatus.NOT_AUTHORIZED);
      }
      if (state == COUNTING_DOWN) {
        return COUNTING_DOWN;
      }
      Optional<Activation> timed = byClock();
      return timed.isPresent() ? countDown(timed.get()) : waitFor(state, "a command");
    }
    onlyClockTells = false;
    timers.stop(DeviceTimer.ACTIVATION);
    if (journal().activation().isPresent()) {
      save(journal().withActivation(Optional.empty()));
    }
    endTries = 0;
    if (response.waits()) {
      return waitForServer(state, "the server to say when");
    }
    if (response.currentTime().equals(ZigBeeTime.INVALID) && memory.clock().isDoubted()) {
      return byDoubtedClock(response.upgradeTime());
    }
    OptionalLong delay =
        delayMs(response.currentTime(), response.upgradeTime(), now().shownUtcMillis());
    if (delay.isEmpty()) {
      reply(ZclStatus.INVALID_VALUE);
      return waitForServer(state, "a time that makes sense");
    }
    if (delay.getAsLong() == 0) {
      return activate();
    }
    // After a restart only the clock tells, which may still be wrong: of what it shows and the
    // trusted time, the later one brings nothing forward.
    long trusted = memory.clock().trustedMillis(now()).orElse(Long.MIN_VALUE);
    OptionalLong utc =
        now().knowsUtc()
            ? OptionalLong.of(Math.max(now().utcMillis(), trusted) + delay.getAsLong())
            : OptionalLong.empty();
    Activation decided = new Activation(download().image(), utc, Octets.EMPTY);
    save(journal().withActivation(Optional.of(decided)));
    timer(DeviceTimer.ACTIVATION, delay.getAsLong());
    return countingDown(
        utc.isPresent() ? text(utc.getAsLong()) : delay.getAsLong() / 1000 + " s from now");
  }

  /** A time of a clock in doubt is waited for until the doubt is over. [hanota H35] */
  private DeviceState byDoubtedClock(ZigBeeTime upgradeTime) {
    long time = upgradeTime.utcMillis();
    OptionalLong utc = memory.clock().utcMillis(now());
    if (utc.isPresent() && time <= utc.getAsLong()) {
      return activate();
    }
    Activation decided = new Activation(download().image(), OptionalLong.of(time), Octets.EMPTY);
    save(journal().withActivation(Optional.of(decided)));
    onlyClockTells = true;
    return countDown(decided);
  }

  private DeviceState waitForServer(DeviceState state, String until) {
    timer(DeviceTimer.END, parameters.endRequestRetryMs());
    return waitFor(state, until);
  }

  DeviceState waitFor(DeviceState state, String until) {
    timers.stop(DeviceTimer.RESPONSE);
    if (state != WAITING) {
      report(new UpdateEvent.Waiting(config.address(), download().image(), until));
    }
    queryLater();
    return WAITING;
  }

  /** A device that waits goes on querying, and looks for a server that it does not know sooner. */
  void queryLater() {
    if (!timers.runs(DeviceTimer.QUERY)) {
      timer(
          DeviceTimer.QUERY,
          server == null ? parameters.endRequestRetryMs() : parameters.queryIntervalMs());
    }
  }

  DeviceState countDown(Activation decided) {
    awaitTime();
    return countingDown(text(decided.utcMillis().orElseThrow()));
  }

  private DeviceState countingDown(String until) {
    timers.stop(DeviceTimer.RESPONSE);
    timers.stop(DeviceTimer.END);
    report(new UpdateEvent.Waiting(config.address(), download().image(), until));
    queryLater();
    return COUNTING_DOWN;
  }

  /** Any time, also one that no ZigBee clock can show. */
  private static String text(long utcMillis) {
    return Instant.ofEpochMilli(utcMillis).toString();
  }

  void queryBeside() {
    timers.stop(DeviceTimer.QUERY);
    queryLater();
    if (server == null) {
      effects().discover(config.profileId(), Clusters.OTA_UPGRADE);
    } else {
      queries++;
      send(new QueryNextImageRequest(runningImage(), config.hardwareVersion()));
    }
  }

  /** Whether a command to activate at once is kept. */
  private boolean isOrderedNow() {
    return journal()
        .activation()
        .filter(decided -> decided.utcMillis().isEmpty() && !decided.command().isEmpty())
        .isPresent();
  }

  void saveWithoutImage() {
    save(
        withOutcome(
            journal().withActivation(Optional.empty()), ActivateImageResponseCode.NO_IMAGE_HELD));
  }
}
