// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.announce;

import static org.hanota.api.control.Phase.ACTIVATING;
import static org.hanota.api.control.Phase.WAITING;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hanota.api.ImageId;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.hub.HubParameters;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Deadlines;
import org.hanota.hub.update.Expiry;
import org.hanota.hub.update.Update;

/** Decides when a device that has its image runs it: at once, at a time of day, or on command. */
public final class Activations {
  private final HubParameters parameters;
  private final Deadlines deadlines;
  private final Expiry expiry;

  /** Sets timers among {@code deadlines}. */
  public Activations(HubParameters parameters, Deadlines deadlines, Expiry expiry) {
    this.parameters = parameters;
    this.deadlines = deadlines;
    this.expiry = expiry;
  }

  private UpgradeAnswer answer(Update update, ImageId image, Now now) {
    return UpgradeAnswer.of(image, update.when(), now, parameters.relativeTimes());
  }

  /**
   * Tells a device that has the image when to run it: in answer to its request, or unsolicited as
   * soon as the time is another one. [ZCL 11.13.10]
   *
   * @param image as the device names it in its request
   * @param before a phase that goes on keeps its time
   */
  public Phase announce(
      Update update, ImageId image, Phase before, Call call, Consumer<UpgradeEndResponse> way) {
    UpgradeAnswer answer = answer(update, image, call.now());
    way.accept(answer.response());
    long delaySeconds = answer.delaySeconds().orElse(-1);
    Phase phase =
        delaySeconds < 0
            ? held(update, image, before, call)
            : delaySeconds == 0
                ? activating(update, image, before, call)
                : dated(update, image, before, call, delaySeconds);
    setTimer(update, phase, call.now());
    return phase;
  }

  private static Phase held(Update update, ImageId image, Phase before, Call call) {
    if (before != WAITING || update.times().isTimeAnnounced()) {
      update.times().announceNoTime();
      update.times().phaseFrom(call.now(), call.now().monotonicNanos());
      waits(update, image, "something else says so", call);
    }
    return WAITING;
  }

  private Phase dated(Update update, ImageId image, Phase before, Call call, long delaySeconds) {
    long at = call.now().plusMillis(delaySeconds * 1_000);
    boolean isOther =
        before != WAITING
            || !update.times().isTimeAnnounced()
            || Math.abs(at - update.times().activationNanos()) > toleranceNanos();
    update.times().activatesAt(at);
    update.times().phaseFrom(call.now(), at);
    if (isOther) {
      // Only a hub that knows the time of day names one.
      waits(update, image, Instant.ofEpochMilli(update.times().phaseUtcMillis()).toString(), call);
    }
    return WAITING;
  }

  private static void waits(Update update, ImageId image, String until, Call call) {
    call.effects().report(new UpdateEvent.Waiting(update.client().address(), image, until));
  }

  private static Phase activating(Update update, ImageId image, Phase before, Call call) {
    long at = call.now().monotonicNanos();
    update.times().activatesAt(at);
    if (before != ACTIVATING) {
      update.times().phaseFrom(call.now(), at);
      call.effects().report(new UpdateEvent.Activating(update.client().address(), image));
    }
    return ACTIVATING;
  }

  /** The time that the device was told has come: it runs its image without another word. */
  public void timeCame(Update update, Call call) {
    call.effects().report(new UpdateEvent.Activating(update.client().address(), update.image()));
    setTimer(update, ACTIVATING, call.now());
  }

  /** Whether the clock says another time now than the device was told: it was set since. */
  public boolean isOtherTime(Update update, Now now) {
    if (!isByClock(update)) {
      return false;
    }
    OptionalLong delay = answer(update, update.image(), now).delaySeconds();
    if (delay.isEmpty()) {
      return false;
    }
    long announcedNanos = Math.max(0, update.times().activationNanos() - now.monotonicNanos());
    return !update.times().isTimeAnnounced()
        || Math.abs(delay.getAsLong() * 1_000_000_000L - announcedNanos) > toleranceNanos();
  }

  private long toleranceNanos() {
    return parameters.clockToleranceMs() * 1_000_000L;
  }

  private static boolean isByClock(Update update) {
    return update.when() instanceof UpgradeTime.At;
  }

  /** Whether its time lies ahead. */
  public static boolean isAhead(Update update, Now now) {
    return update.times().isAhead(now);
  }

  /** Whether an update waits for its time no longer. */
  public static boolean hasCome(Update update, Now now) {
    return update.phase() == WAITING && !isAhead(update, now);
  }

  /**
   * Sets the update's timer: for the end of the phase's time limit, and while the image waits for a
   * time of day, for the next look at the clock and for that time.
   */
  public void setTimer(Update update, Phase phase, Now now) {
    long due = expiry.nanos(update, phase);
    if (phase == WAITING && isByClock(update)) {
      due = Math.min(due, now.plusMillis(parameters.clockCheckMs()));
      if (update.times().isTimeAnnounced()) {
        due = Math.min(due, update.times().activationNanos());
      }
    }
    deadlines.set(update, due);
  }
}
