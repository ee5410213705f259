// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.IDLE;
import static org.hanota.device.DeviceState.SWAPPING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.VERIFYING;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.device.bank.BootLoader;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.bank.Journal.Boot;
import org.hanota.device.bank.Journal.Download;
import org.hanota.gbcs.Acceptance;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.otaformat.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Start, activation and commands of a device, and with all that it extends the actions of {@link
 * DeviceTransitions}.
 */
final class DeviceActions extends EndActions {
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
    memory.start(now());
    onlyClockTells = true;
    toEraseStart();
    if (gbcs != null) {
      gbcs.resume(journal());
    }
    if (journal().boot().isTrial()) {
      BooleanSupplier test = selfTest;
      effects()
          .start(
              new Job(Job.Kind.VERIFY, 0, () -> new DeviceInput.SelfTested(test.getAsBoolean())));
      return TRYING;
    }
    if (journal().boot() == Boot.ROLLED_BACK) {
      save(
          withOutcome(
              journal()
                  .withBoot(Boot.ROLLED_BACK_UNTOLD)
                  .withActivation(Optional.empty())
                  .withoutDownload(),
              ActivateImageResponseCode.ACTIVATION_FAILURE));
    }
    if (journal().boot() == Boot.ROLLED_BACK_UNTOLD) {
      report(
          new UpdateEvent.Failed(
              config.address(),
              runningImage().withVersion(journal().other()),
              Failure.ROLLED_BACK,
              BootLoader.damage(bank, journal(), journal().inactive())
                      .orElse("the new image did not confirm itself")
                  + "; "
                  + journal().running()
                  + " runs again"));
    } else if (journal().boot() == Boot.CONFIRMED_UNTOLD) {
      report(new UpdateEvent.Confirmed(config.address(), runningImage()));
    }
    if (journal().download().isPresent() && download().isComplete()) {
      return verify();
    }
    // A future dated command whose image has not come yet.
    awaitTime();
    if (journal().download().isPresent()) {
      timer(DeviceTimer.EXPIRY, memory.downloadLeftMs(now()));
    }
    // A download under way goes on soon; else a home full of devices must not ask at once after a
    // power cut. [ZCL 11.16]
    long jitter =
        journal().download().isPresent()
            ? parameters.responseTimeoutMs()
            : Math.max(1, parameters.queryStartJitterMs());
    timer(DeviceTimer.QUERY, random.belowLong(jitter));
    return IDLE;
  }

  /**
   * Octets behind the position may have been written before this start, and what holds them can be
   * erased only as a whole: the download goes on from there. Of an earlier part, which the server
   * may have let go, what is erased with them is kept in the journal until it is written again.
   */
  private void toEraseStart() {
    journal()
        .download()
        .filter(kept -> !kept.isComplete())
        .map(this::fromEraseStart)
        .filter(goesOn -> !goesOn.equals(download()))
        .ifPresent(goesOn -> save(journal().withDownload(Optional.of(goesOn))));
  }

  private Download fromEraseStart(Download kept) {
    long eraseStart = bank.geometry().eraseStart(kept.position());
    if (eraseStart >= kept.partStart()) {
      return kept.at(eraseStart).withTail(Octets.EMPTY);
    }
    int before = (int) (kept.tailStart() - eraseStart);
    Octets erased =
        before <= 0
            ? Octets.EMPTY
            : bank.read(journal().inactive(), kept.tailStart()).octets(eraseStart, before);
    return kept.at(kept.partStart()).withTail(erased.concat(kept.tail()));
  }

  DeviceState selfTested() {
    if (!((DeviceInput.SelfTested) present(input)).passed()) {
      memory.reject();
      effects().start(Job.reboot());
      return TRYING;
    }
    memory.confirm(activated(ActivateImageResponseCode.SUCCESS));
    report(new UpdateEvent.Confirmed(config.address(), runningImage()));
    // The server learns of the new version from the next query.
    timer(DeviceTimer.QUERY, random.belowLong(Math.max(1, parameters.queryStartJitterMs())));
    return IDLE;
  }

  // Activation.

  @Override
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
    OctetSource file = bank.read(journal().inactive(), size);
    Download complete = download();
    FileVersion running = journal().running();
    Optional<Octets> ordered =
        journal()
            .activation()
            .filter(decided -> !decided.command().isEmpty())
            .map(decided -> GbcsAgent.orderedHash(decided.command()));
    effects()
        .start(
            new Job(Job.Kind.SWAP, size, () -> checked(config, file, complete, running, ordered)));
    return SWAPPING;
  }

  /** Checks once more what lies in the slot now. Runs as a job. [GBCS 11.5] */
  private static Input checked(
      DeviceConfig config,
      OctetSource file,
      Download complete,
      FileVersion running,
      Optional<Octets> ordered) {
    Verification again = verification(config, file, complete, running);
    if (again instanceof Verification.Refused refused) {
      return new DeviceInput.SwapRefused(false, refused.step() + ": " + refused.reason());
    }
    if (ordered.isPresent() && !ordered.get().equals(GbcsAgent.manufacturerImageHash(file))) {
      return new DeviceInput.SwapRefused(true, "the command names another image");
    }
    return new DeviceInput.SwapChecked(((Verification.Verified) again).image());
  }

  void swapRefused() {
    DeviceInput.SwapRefused refused = (DeviceInput.SwapRefused) present(input);
    report(failed(download().image(), Failure.ACTIVATION_FAILED, refused.reason()));
    save(
        withOutcome(
            journal().withActivation(Optional.empty()).withoutDownload(),
            refused.hashMismatch()
                ? ActivateImageResponseCode.HASH_MISMATCH
                : ActivateImageResponseCode.ACTIVATION_FAILURE));
    idle();
  }

  /** A time has come, if the clock says so too. Without an image that is told. [hanota H12] */
  DeviceState activationDue(DeviceState state) {
    if (verified != null && !isTooEarly()) {
      return activate();
    }
    dueWithoutImage();
    return state;
  }

  void dueWithoutImage() {
    if (isTooEarly()) {
      awaitTime();
    } else if (journal().activation().isPresent()) {
      saveWithoutImage();
    }
  }

  void schedule() {
    countDown(journal().activation().orElseThrow(AssertionError::new));
  }

  void cancel() {
    cancelNothing();
    report(new UpdateEvent.Waiting(config.address(), download().image(), "a command"));
  }

  void cancelNothing() {
    timers.stop(DeviceTimer.ACTIVATION);
    timers.stop(DeviceTimer.RESPONSE);
    queryLater();
  }

  /** Puts the image in place, in one step, and starts again. */
  void swap() {
    memory.swap(((DeviceInput.SwapChecked) present(input)).image());
    effects().start(Job.reboot());
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
    ImageId image = journal().download().map(Download::image).orElseGet(this::runningImage);
    if (order.activation() instanceof ActivateFirmware.Activation.Cancel) {
      save(journal().withActivation(Optional.empty()).withMessage(agent.accepted(now(), message)));
      timers.stop(DeviceTimer.ACTIVATION);
      return DeviceStimulus.CANCEL;
    }
    if (order.activation() instanceof ActivateFirmware.Activation.At at) {
      Activation decided =
          new Activation(image, OptionalLong.of(at.executionDateTime().utcMillis()), octets.copy());
      save(
          journal().withActivation(Optional.of(decided)).withMessage(agent.accepted(now(), message)));
      awaitTime();
      return DeviceStimulus.SCHEDULE;
    }
    Activation atOnce = new Activation(image, OptionalLong.empty(), octets.copy());
    if (state == VERIFYING && download().isComplete()) {
      // Whether an image is held is not known yet: its verification, or the swap, answers.
      save(journal().withActivation(Optional.of(atOnce)));
      return null;
    }
    Optional<Octets> held =
        Optional.ofNullable(verified)
            .map(
                kept ->
                    GbcsAgent.manufacturerImageHash(
                        bank.read(journal().inactive(), kept.sizeOctets())));
    if (held.isEmpty() || !held.get().equals(order.manufacturerImageHash())) {
      save(
          journal().withMessage(
              agent.outcome(
                  now(),
                  octets,
                  held.isEmpty()
                      ? ActivateImageResponseCode.NO_IMAGE_HELD
                      : ActivateImageResponseCode.HASH_MISMATCH,
                  journal().running())));
      return null;
    }
    save(journal().withActivation(Optional.of(atOnce)));
    return DeviceStimulus.ACTIVATE;
  }
}
