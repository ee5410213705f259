// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.hanota.device.DeviceState.COUNTING_DOWN;
import static org.hanota.device.DeviceState.ENDING;
import static org.hanota.device.DeviceState.IDLE;
import static org.hanota.device.DeviceState.SWAPPING;
import static org.hanota.device.DeviceState.TRYING;
import static org.hanota.device.DeviceState.WAITING;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.activation.Held;
import org.hanota.device.activation.UpgradeEnd;
import org.hanota.device.activation.UpgradeTime;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.otaformat.Verification;
import org.hanota.otaformat.VerifiedImage;

/** One step of a device after the last octet, from the verification to the trial. */
final class EndStep {
  private final DeviceStep step;
  private final DeviceParts parts;
  private final DeviceConfig config;
  private final DeviceJournal journal;
  private final UpgradeEnd end;
  private final UpgradeTime time;
  private final Now now;
  private final Cause cause;
  private final Effects effects;

  EndStep(DeviceStep step, DeviceParts parts, Now now, Cause cause, Effects effects) {
    this.step = step;
    this.parts = parts;
    this.config = parts.config();
    this.journal = parts.journal();
    this.end = parts.end();
    this.time = parts.time();
    this.now = now;
    this.cause = cause;
    this.effects = effects;
  }

  private Received received() {
    return ((Cause.Message) cause).received();
  }

  private Input input() {
    return ((Cause.Given) cause).input();
  }

  private void report(Event event) {
    effects.report(event);
  }

  private Event failed(ImageId image, Failure failure, String detail) {
    return new UpdateEvent.Failed(config.address(), image, failure, detail);
  }

  // Verification.

  DeviceState verificationDone() {
    Verification result = ((DeviceInput.VerificationDone) input()).verification();
    boolean holds = result instanceof Verification.Verified;
    parts.gbcs().ifPresent(gbcs -> gbcs.receipt(now, holds));
    if (result instanceof Verification.Refused refused) {
      report(failed(step.image(), Failure.INVALID_IMAGE, refused.step() + ": " + refused.reason()));
      if (time.isOrderedNow()) {
        parts.activations().withoutImage(now);
      }
      return step.refuse(ZclStatus.INVALID_IMAGE);
    }
    return verified(((Verification.Verified) result).image());
  }

  private DeviceState verified(VerifiedImage image) {
    Held.Image held = parts.check().held(image, step.file());
    end.hold(held);
    report(
        new UpdateEvent.Verified(
            config.address(), image.image(), image.verifier() + ": " + image.reason()));
    if (time.isOrderedNow()) {
      // A command that was cut short by a restart, or that came during the verification.
      return activate(held);
    }
    end.begin(now, held, effects);
    return ENDING;
  }

  /** A part that is right is told as such; the server may let it go. [ZCL 11.13.9] */
  void partChecked() {
    Optional<String> fault = ((DeviceInput.PartChecked) input()).fault();
    if (fault.isPresent()) {
      report(failed(step.image(), Failure.INVALID_IMAGE, fault.get()));
      step.refuse(ZclStatus.INVALID_IMAGE);
      return;
    }
    parts.downloads().partHolds(now, effects);
    end.begin(now, new Held.Part(step.file()), effects);
  }

  // The end of the transfer.

  void requestEndOfFoundServer() {
    step.rememberServer();
    requestEnd();
  }

  /** What no server has answered, it may. [hanota H157] */
  DeviceState serverFound() {
    boolean wasKnown = parts.server().isKnown();
    step.rememberServer();
    return !wasKnown && end.found(now, effects) ? ENDING : WAITING;
  }

  void requestEnd() {
    end.request(now, effects);
  }

  DeviceState endOverdue(DeviceState state) {
    return next(end.overdue(now, state == WAITING, effects), state);
  }

  DeviceState endAnswered(DeviceState state) {
    ZclStatus answer = ((DefaultResponse) received().message()).status();
    UpgradeEnd.Next next = end.answered(now, answer, effects);
    if (next == UpgradeEnd.Next.FORGET && !(end.held() instanceof Held.Refused)) {
      report(failed(step.image(), Failure.ABORTED, "the server answers " + answer));
    }
    return next(next, state);
  }

  void refuseUpgrade() {
    parts.server().reply(received(), ZclStatus.INVALID_IMAGE, effects);
  }

  /** What the server says while the image is checked counts once that is done. [hanota H38] */
  void responseWhileVerifying() {
    Optional<Download> whole = journal.current().download().filter(Download::isComplete);
    if (whole.isPresent()) {
      UpgradeEndResponse response = (UpgradeEndResponse) received().message();
      end.responseBeforehand(now, received(), response, whole.get().image(), effects);
    } else {
      refuseUpgrade();
    }
  }

  DeviceState upgradeEndResponse(DeviceState state) {
    UpgradeEndResponse response = (UpgradeEndResponse) received().message();
    return next(
        end.response(now, received(), response, state == WAITING, state == COUNTING_DOWN, effects),
        state);
  }

  private DeviceState next(UpgradeEnd.Next next, DeviceState state) {
    return switch (next) {
      case STAY -> state;
      case NEXT_PART -> nextPart();
      case FORGET -> step.forget();
      case ACTIVATE -> activate(state);
      case COUNT_DOWN -> COUNTING_DOWN;
      case WAIT -> WAITING;
    };
  }

  private DeviceState nextPart() {
    end.drop();
    parts.downloads().leave();
    return step.query();
  }

  void queryBeside() {
    parts.queries().beside(now, effects);
  }

  // Activation.

  /** A command or the server says so, and a verified image waits. */
  DeviceState activate(DeviceState state) {
    Optional<Held.Image> held = end.image();
    return held.isPresent() ? activate(held.get()) : state;
  }

  /** Puts the verified image in place, if there is power for it. */
  private DeviceState activate(Held.Image held) {
    parts.server().awaitNothing();
    end.stop();
    if (!parts.power().suffices(effects)) {
      time.again(now, config.parameters().powerRetryMs());
      return COUNTING_DOWN;
    }
    parts.queries().stop();
    time.stop();
    parts.activations().begin(held, effects);
    return SWAPPING;
  }

  void swapRefused() {
    parts.activations().refused(now, (DeviceInput.SwapRefused) input(), effects);
    step.idle();
  }

  void swap() {
    parts.activations().swap(((DeviceInput.SwapChecked) input()).image(), effects);
  }

  /**
   * A time has come while the server is asked. Where that has set it, its answer comes first: it
   * may have said otherwise while the device was off or was checking its image. If none comes, the
   * device counts down again. [hanota H38]
   */
  DeviceState activationDueWhileAsking() {
    return time.isSetByServer() ? ENDING : activationDue(ENDING);
  }

  /** A time has come, if the clock says so too. Without an image that is told. [hanota H12] */
  DeviceState activationDue(DeviceState state) {
    if (end.image().isPresent() && !time.isTooEarly(now)) {
      return activate(state);
    }
    dueWithoutImage();
    return state;
  }

  void dueWithoutImage() {
    if (time.isTooEarly(now)) {
      time.await(now);
    } else if (journal.current().activation().isPresent()) {
      parts.activations().withoutImage(now);
    }
  }

  void schedule() {
    journal
        .current()
        .activation()
        .ifPresent(decided -> end.countDown(now, decided, step.image(), effects));
  }

  void cancel() {
    cancelNothing();
    report(new UpdateEvent.Waiting(config.address(), step.image(), "a command"));
  }

  void cancelNothing() {
    time.stop();
    parts.server().awaitNothing();
    parts.queries().later(now);
  }

  DeviceState selfTested() {
    boolean passed = ((DeviceInput.SelfTested) input()).passed();
    if (!parts.activations().selfTested(now, passed, effects)) {
      return TRYING;
    }
    // The server learns of the new version from the next query.
    parts.queries().within(now, config.parameters().queryStartJitterMs());
    return IDLE;
  }
}
