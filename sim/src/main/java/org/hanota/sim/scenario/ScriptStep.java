// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that is done to a device, or to the hub, some time after something else happened to it.
 *
 * @param cue what it follows
 * @param afterNanos how long after that
 * @param device the device's name, or {@link ScenarioDevice#HUB}
 * @param action what is done
 */
public record ScriptStep(Cue cue, long afterNanos, String device, Action action) {
  /** What a step follows. */
  public enum Cue {
    /** The beginning. */
    START,
    /** The head end hears that the device has its image, verified. */
    RECEIVED,
    /** The head end hears that the hub refused an image, or had no place for it a while ago. */
    REFUSED,
    /** The head end hears that the device forgot what it was commanded. */
    CANCELLED,
    /** As RECEIVED, while a device that changes its supplier still has the former one. */
    FORMER_RECEIVED,
    /** As REFUSED, while a device that changes its supplier still has the former one. */
    FORMER_REFUSED
  }

  /** What is done. */
  public sealed interface Action {
    /** An image is offered; empty for the one that the world has for the device. */
    record Offer(Optional<ImageSource> other) implements Action {}

    /** A command to run what was received: at once if empty, else so long after it is sent. */
    record Activate(OptionalLong inNanos) implements Action {}

    /** A command to forget what was commanded before. */
    record Cancel() implements Action {}

    /** A command to run at once an image that the device does not hold. */
    record ActivateOther() implements Action {}

    /** The first command that the device was sent comes again, octet for octet. */
    record Replay() implements Action {}

    /**
     * A device that had the other supplier until now trusts the home's. It begins with the other
     * one's keys and has the home's after a restart: how they come (CS02b) is not simulated.
     */
    record ChangeSupplier() implements Action {}

    /** The former supplier commands the device to run at once the image that he had sent. */
    record ActivateAsFormer() implements Action {}

    /** The time of day of a node jumps. */
    record StepClock(long millis) implements Action {}
  }

  /** Checks the delay, and that only a clock is changed at the hub. */
  public ScriptStep {
    if (afterNanos < 0) {
      throw new IllegalArgumentException("after is " + afterNanos + " ns, allowed 0 and more");
    }
    if (device.equals(ScenarioDevice.HUB)
        && !(action instanceof Action.StepClock && cue == Cue.START)) {
      throw new IllegalArgumentException(
          "the hub's only step is stepClock, some time after the start");
    }
  }

  /** Whether it is for a device that takes commands. */
  boolean isCommand() {
    return action instanceof Action.Activate
        || action instanceof Action.ActivateOther
        || action instanceof Action.Cancel
        || action instanceof Action.Replay
        || action instanceof Action.ChangeSupplier
        || action instanceof Action.ActivateAsFormer;
  }

  /** Whether it needs somebody at the far end of the WAN. */
  boolean needsHeadEnd() {
    return cue != Cue.START
        || isCommand()
        || (action instanceof Action.Offer offer && offer.other().isPresent());
  }
}
