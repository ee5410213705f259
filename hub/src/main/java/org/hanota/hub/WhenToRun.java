// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.hanota.api.control.Phase.ACTIVATING;
import static org.hanota.api.control.Phase.WAITING;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hanota.api.ImageId;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.UpgradeEndResponse;

/** When a device that has its image runs it: as its offer says, by the clock as it is now. */
final class WhenToRun {
  /**
   * Often enough that a clock set late still counts; ten thousand devices look 17 times a second.
   */
  private static final long CLOCK_CHECK_MS = 600_000;

  /** What is told is rounded to seconds, and clocks are trimmed; more than this was set. */
  private static final long CLOCK_TOLERANCE_MS = 5_000;

  private final HubContext actions;

  WhenToRun(HubContext actions) {
    this.actions = actions;
  }

  private UpgradeAnswer answer(ImageId image) {
    DeviceEntry about = actions.entry();
    UpgradeTime when = about.offer == null ? new UpgradeTime.Now() : about.offer.when();
    return UpgradeAnswer.of(image, when, actions.now(), actions.parameters.relativeTimes());
  }

  /**
   * Tells a device that has the image when to run it: in answer to its request, or unsolicited as
   * soon as the time is another one. [ZCL 11.13.10]
   *
   * @param before a phase that goes on keeps its time
   */
  Phase tell(ImageId image, Phase before, Consumer<UpgradeEndResponse> word) {
    UpgradeAnswer answer = answer(image);
    word.accept(answer.response());
    Phase phase =
        answer.delaySeconds().isPresent()
            ? activating(image, before, answer.delaySeconds().getAsLong())
            : waiting(image, before);
    timer(phase);
    return phase;
  }

  private Phase waiting(ImageId image, Phase before) {
    DeviceEntry about = actions.entry();
    if (before != WAITING) {
      about.phaseFrom(actions.now(), actions.now().monotonicNanos());
      report(new UpdateEvent.Waiting(about.device.address(), image, "something else says so"));
    }
    return WAITING;
  }

  private Phase activating(ImageId image, Phase before, long delaySeconds) {
    DeviceEntry about = actions.entry();
    about.activationNanos = actions.now().plusMillis(delaySeconds * 1_000);
    if (before != ACTIVATING) {
      about.phaseFrom(actions.now(), about.activationNanos);
      report(new UpdateEvent.Activating(about.device.address(), image));
    }
    return ACTIVATING;
  }

  private void report(UpdateEvent event) {
    actions.effects().report(event);
  }

  /** Whether the clock says another time now than the device was told: it was set since. */
  boolean isAnother() {
    DeviceEntry about = actions.entry();
    if (!about.hasImage()) {
      return false;
    }
    OptionalLong delay = answer(actions.image()).delaySeconds();
    if (delay.isEmpty()) {
      return false;
    }
    long toldMs = Math.max(0, millisAhead(about));
    return about.phase == WAITING
        || Math.abs(delay.getAsLong() * 1_000 - toldMs) > CLOCK_TOLERANCE_MS;
  }

  private long millisAhead(DeviceEntry about) {
    return (about.activationNanos - actions.now().monotonicNanos()) / 1_000_000;
  }

  /** Looks at the clock while a time of day is ahead, and when the phase has taken too long. */
  void timer(Phase phase) {
    DeviceEntry about = actions.entry();
    boolean byClock = about.offer != null && about.offer.when() instanceof UpgradeTime.At;
    if (byClock && (phase == WAITING || (phase == ACTIVATING && millisAhead(about) > 0))) {
      actions.timer(phase, CLOCK_CHECK_MS);
    } else {
      actions.timer(phase);
    }
  }
}
