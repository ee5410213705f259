// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.IDLE;
import static org.hanota.device.DeviceState.SWAPPING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.VERIFYING;
import static org.hanota.device.DeviceState.WAITING;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
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
import org.hanota.device.Journal.Activation;
import org.hanota.device.Journal.Boot;
import org.hanota.device.Journal.Download;
import org.hanota.gbcs.Acceptance;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Sha256;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.VerificationStep;
import org.hanota.otaformat.VerifiedImage;
import org.jspecify.annotations.Nullable;

/**
 * What a device does from its start to the confirmed boot: the actions of {@link
 * DeviceTransitions}.
 */
final class DeviceActions extends TransferActions {
  DeviceActions(
      DeviceConfig config,
      ImageBank bank,
      SeededRandom random,
      BooleanSupplier selfTest,
      PowerSource power) {
    super(config, bank, random, selfTest, power);
  }

  DeviceState start() {
    if (config.type() == DeviceType.GSME) {
      timer(DeviceTimer.FLAGS, parameters.notificationPollMs());
    }
    journal = BootLoader.boot(bank);
    timeFromJournal = true;
    if (gbcs != null) {
      gbcs.resume(journal);
    }
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
    // A future dated command whose image has not come yet.
    awaitTime();
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

  // Verification and the end of the transfer.

  @Override
  DeviceState verify() {
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
                        verification(
                            bank.read(journal.inactive(), complete.sizeOctets()), complete))));
    return VERIFYING;
  }

  /** The verifier decides; an image that came in parts must be the one that its manifest names. */
  private Verification verification(OctetSource file, Download complete) {
    if (complete.parts().isPresent()) {
      Octets sha256 = Sha256.of(file);
      Octets named = complete.parts().get().wholeSha256();
      if (!sha256.equals(named)) {
        return new Verification.Refused(
            VerificationStep.FORM,
            "SHA-256 of the whole is " + sha256.toHex() + ", by the manifest " + named.toHex());
      }
    }
    return config.verifier().verify(file, complete.image());
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
    OctetSource file = bank.read(journal.inactive(), image.sizeOctets());
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
        GbcsAgent.manufacturerImageHash(bank.read(journal.inactive(), complete.sizeOctets()));
    save(
        journal
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

  DeviceState endOverdue() {
    if (tries < QUICK_TRIES) {
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
      if (stateBefore == COUNTING_DOWN) {
        return COUNTING_DOWN;
      }
      Optional<Activation> timed = byClock();
      return timed.isPresent() ? countDown(timed.get()) : waitFor("a command");
    }
    timeFromJournal = false;
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
    timer(DeviceTimer.ACTIVATION, delay.getAsLong());
    return countingDown(
        utc.isPresent() ? text(utc.getAsLong()) : delay.getAsLong() / 1000 + " s from now");
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
    queryLater();
    return WAITING;
  }

  /** A device that waits goes on querying, and looks for a server that it does not know sooner. */
  private void queryLater() {
    if (!timers.runs(DeviceTimer.QUERY)) {
      timer(
          DeviceTimer.QUERY,
          server == null ? parameters.endRequestRetryMs() : parameters.queryIntervalMs());
    }
  }

  private DeviceState countDown(Activation decided) {
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

  DeviceState queryBeside() {
    timers.stop(DeviceTimer.QUERY);
    queryLater();
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
    if (!hasPower()) {
      timer(DeviceTimer.ACTIVATION, parameters.powerRetryMs());
      return COUNTING_DOWN;
    }
    timers.stop(DeviceTimer.QUERY);
    timers.stop(DeviceTimer.ACTIVATION);
    report(new UpdateEvent.Activating(config.address(), image));
    effects().start(new Job(Job.Kind.SWAP, size, () -> swap(size)));
    return SWAPPING;
  }

  /** Checks once more what lies in the slot now, then puts it in place. [GBCS 11.5] */
  private Input swap(long size) {
    OctetSource file = bank.read(journal.inactive(), size);
    Verification again = verification(file, download());
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

  /** A time has come, if the clock says so too. Without an image that is told. [GBCS 11.5] */
  DeviceState activationDue() {
    if (isTooEarly()) {
      awaitTime();
      return stateBefore;
    }
    if (verified != null) {
      return activate();
    }
    if (journal.activation().isPresent()) {
      saveWithoutImage();
    }
    return stateBefore;
  }

  private void saveWithoutImage() {
    Journal next = journal.withActivation(Optional.empty());
    for (Octets message : activated(ActivateImageResponseCode.NO_IMAGE_HELD)) {
      next = next.withMessage(message);
    }
    save(next);
  }

  /** Whether a command to activate at once is kept. */
  private boolean isOrderedNow() {
    return journal
        .activation()
        .filter(decided -> decided.utcMillis().isEmpty() && !decided.command().isEmpty())
        .isPresent();
  }

  DeviceState schedule() {
    return countDown(journal.activation().orElseThrow(AssertionError::new));
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
   * A GBCS command came. What it decides is stored, with the answer, before anything else happens;
   * then its counter is, so that a power cut between the two loses no command.
   *
   * @param state where the device stands
   * @return what it means for the update, or null
   */
  @Nullable DeviceStimulus command(Octets octets, DeviceState state) {
    GbcsAgent agent = present(gbcs);
    Acceptance acceptance = agent.check(octets);
    if (acceptance instanceof Acceptance.Refused refused) {
      report(new DeviceEvent.CommandRefused(config.address(), refused.refusal(), refused.detail()));
      return null;
    }
    Message message = ((Acceptance.Accepted) acceptance).message();
    if (state == SWAPPING || state == TRYING) {
      // What has begun is not called off or changed. The sender repeats what gets no answer.
      report(new DeviceEvent.CommandIgnored(config.address(), message.header().messageCode()));
      return null;
    }
    DeviceStimulus stimulus = obey(agent, message, octets, state);
    agent.taken(message);
    return stimulus;
  }

  private @Nullable DeviceStimulus obey(
      GbcsAgent agent, Message message, Octets octets, DeviceState state) {
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
    ImageId image = journal.download().map(Download::image).orElseGet(this::runningImage);
    if (order.activation() instanceof ActivateFirmware.Activation.Cancel) {
      save(journal.withActivation(Optional.empty()).withMessage(agent.accepted(now(), message)));
      timers.stop(DeviceTimer.ACTIVATION);
      return DeviceStimulus.CANCEL;
    }
    if (order.activation() instanceof ActivateFirmware.Activation.At at) {
      Activation decided =
          new Activation(image, OptionalLong.of(at.executionDateTime().utcMillis()), octets.copy());
      save(
          journal.withActivation(Optional.of(decided)).withMessage(agent.accepted(now(), message)));
      awaitTime();
      return DeviceStimulus.SCHEDULE;
    }
    if (state == VERIFYING && download().isComplete()) {
      // Whether an image is held is not known yet: its verification, or the swap, answers.
      save(
          journal.withActivation(
              Optional.of(new Activation(image, OptionalLong.empty(), octets.copy()))));
      return null;
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
}
