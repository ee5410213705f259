// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.announce;

import static org.hanota.api.control.Phase.ACTIVATING;
import static org.hanota.api.control.Phase.WAITING;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
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

/** When a device that has its image runs it: as somebody has said, by the clock as it is now. */
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
    Phase phase =
        answer.delaySeconds().isPresent()
            ? activating(update, image, before, call, answer.delaySeconds().getAsLong())
            : waiting(update, image, before, call);
    setTimer(update, phase, call.now());
    return phase;
  }

  private static Phase waiting(Update update, ImageId image, Phase before, Call call) {
    if (before != WAITING) {
      Eui64 device = update.client().address();
      update.times().phaseFrom(call.now(), call.now().monotonicNanos());
      call.effects().report(new UpdateEvent.Waiting(device, image, "something else says so"));
    }
    return WAITING;
  }

  private static Phase activating(
      Update update, ImageId image, Phase before, Call call, long delaySeconds) {
    long at = call.now().plusMillis(delaySeconds * 1_000);
    update.times().activatesAt(at);
    if (before != ACTIVATING) {
      update.times().phaseFrom(call.now(), at);
      call.effects().report(new UpdateEvent.Activating(update.client().address(), image));
    }
    return ACTIVATING;
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
    long announcedMs = Math.max(0, millisAhead(update, now));
    return update.phase() == WAITING
        || Math.abs(delay.getAsLong() * 1_000 - announcedMs) > parameters.clockToleranceMs();
  }

  private static boolean isByClock(Update update) {
    return update.when() instanceof UpgradeTime.At;
  }

  private static long millisAhead(Update update, Now now) {
    return (update.times().activationNanos() - now.monotonicNanos()) / 1_000_000;
  }

  /** Whether its time lies ahead. */
  public static boolean isAhead(Update update, Now now) {
    return update.phase() == WAITING || millisAhead(update, now) > 0;
  }

  /** Looks at the clock while a time of day is ahead, and when the phase has taken too long. */
  public void setTimer(Update update, Phase phase, Now now) {
    long end = expiry.nanos(update, phase);
    boolean looks = phase == WAITING || millisAhead(update, now) > 0;
    deadlines.set(
        update,
        isByClock(update) && looks
            ? Math.min(now.plusMillis(parameters.clockCheckMs()), end)
            : end);
  }
}
