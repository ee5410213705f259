// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.device.DeviceType;
import org.hanota.sim.scenario.ImageSource.Flaw;
import org.hanota.sim.scenario.ScriptStep.Action;
import org.hanota.sim.scenario.ScriptStep.Cue;

/** Scripts that fit any world. */
public final class Scripts {
  private static final long HALF_HOUR_NANOS = 1_800_000_000_000L;

  private static final long LATER_NANOS = 60_000_000_000L;

  private Scripts() {}

  /**
   * Each device is offered its image, again where it was refused; what is activated by command is,
   * as soon as it is there.
   */
  public static List<ScriptStep> usual(World world) {
    List<ScriptStep> steps = offers(world);
    for (ScenarioDevice device : commanded(world)) {
      steps.add(received(device, 0, new Action.Activate(OptionalLong.empty())));
    }
    return steps;
  }

  /** The same, but a time is set for the activation, taken back before it comes, and set again. */
  public static List<ScriptStep> dated(World world) {
    List<ScriptStep> steps = offers(world);
    for (ScenarioDevice device : commanded(world)) {
      OptionalLong anHour = OptionalLong.of(2 * HALF_HOUR_NANOS);
      steps.add(received(device, 0, new Action.Activate(anHour)));
      steps.add(received(device, HALF_HOUR_NANOS, new Action.Cancel()));
      steps.add(received(device, 2 * HALF_HOUR_NANOS, new Action.Activate(anHour)));
    }
    return steps;
  }

  /** As usual, but the first command names an image that the device does not hold. */
  public static List<ScriptStep> wrongHashFirst(World world) {
    List<ScriptStep> steps = offers(world);
    for (ScenarioDevice device : commanded(world)) {
      steps.add(received(device, 0, new Action.ActivateOther()));
      steps.add(received(device, HALF_HOUR_NANOS, new Action.Activate(OptionalLong.empty())));
    }
    return steps;
  }

  /**
   * A command with a time is taken back, and comes again before that time; a new command follows.
   */
  public static List<ScriptStep> replayed(World world) {
    List<ScriptStep> steps = offers(world);
    for (ScenarioDevice device : commanded(world)) {
      OptionalLong anHour = OptionalLong.of(2 * HALF_HOUR_NANOS);
      steps.add(received(device, 0, new Action.Activate(anHour)));
      steps.add(received(device, HALF_HOUR_NANOS / 2, new Action.Cancel()));
      steps.add(received(device, HALF_HOUR_NANOS, new Action.Replay()));
      steps.add(received(device, 3 * HALF_HOUR_NANOS, new Action.Activate(OptionalLong.empty())));
    }
    return steps;
  }

  /**
   * Between distribution and activation the supplier changes: the former one's command is too late,
   * and the new one sends an image of its own and activates that.
   */
  public static List<ScriptStep> changeOfSupplier(World world) {
    List<ScriptStep> steps = new ArrayList<>();
    for (ScenarioDevice device : commanded(world)) {
      String name = device.name();
      Action formers =
          new Action.Offer(
              Optional.of(
                  new ImageSource.Sample(
                      device.image() instanceof ImageSource.Sample own ? own.seed() : 0,
                      ImageSource.Sample.USUAL_OCTETS,
                      Flaw.FORMER_SUPPLIER)));
      Action own = new Action.Offer(Optional.empty());
      steps.add(new ScriptStep(Cue.START, 0, name, formers));
      steps.add(new ScriptStep(Cue.FORMER_REFUSED, 0, name, formers));
      steps.add(
          new ScriptStep(Cue.FORMER_RECEIVED, LATER_NANOS, name, new Action.ChangeSupplier()));
      steps.add(
          new ScriptStep(
              Cue.FORMER_RECEIVED, HALF_HOUR_NANOS / 2, name, new Action.ActivateAsFormer()));
      steps.add(new ScriptStep(Cue.FORMER_RECEIVED, HALF_HOUR_NANOS, name, own));
      steps.add(new ScriptStep(Cue.REFUSED, 0, name, own));
      steps.add(received(device, 0, new Action.Activate(OptionalLong.empty())));
    }
    return steps;
  }

  /** As usual, but the first PPMID is first sent an image for other hardware. */
  public static List<ScriptStep> wrongImageFirst(World world) {
    List<ScriptStep> steps = usual(world);
    Optional<ScenarioDevice> first =
        world.devices().stream().filter(device -> device.type() == DeviceType.PPMID).findFirst();
    if (first.isPresent()) {
      String name = first.get().name();
      ImageSource wrong =
          first.get().image() instanceof ImageSource.Sample right
              ? new ImageSource.Sample(right.seed(), right.firmwareOctets(), Flaw.OTHER_HARDWARE)
              : new ImageSource.Sample(0, ImageSource.Sample.USUAL_OCTETS, Flaw.OTHER_HARDWARE);
      // A hub has one place for an image of a model: the right one follows the wrong one's end.
      steps.replaceAll(
          step ->
              step.cue() != Cue.START || !isPpmid(world, step)
                  ? step
                  : step.device().equals(name)
                      ? new ScriptStep(Cue.START, 0, name, new Action.Offer(Optional.of(wrong)))
                      : new ScriptStep(Cue.START, LATER_NANOS, step.device(), step.action()));
    }
    return steps;
  }

  private static boolean isPpmid(World world, ScriptStep step) {
    return world.device(step.device()).orElseThrow().type() == DeviceType.PPMID;
  }

  private static List<ScriptStep> offers(World world) {
    List<ScriptStep> steps = new ArrayList<>();
    for (ScenarioDevice device : world.devices()) {
      steps.add(new ScriptStep(Cue.START, 0, device.name(), new Action.Offer(Optional.empty())));
    }
    for (ScenarioDevice device : world.devices()) {
      // A hub that has not heard of the device's hardware yet refuses an image for some hardware.
      if (world.hasHeadEnd() && device.type() != DeviceType.IHD) {
        steps.add(
            new ScriptStep(Cue.REFUSED, 0, device.name(), new Action.Offer(Optional.empty())));
      }
    }
    return steps;
  }

  private static List<ScenarioDevice> commanded(World world) {
    return world.hasHeadEnd()
        ? world.devices().stream().filter(device -> device.type().activatedByCommand()).toList()
        : List.of();
  }

  private static ScriptStep received(ScenarioDevice device, long afterNanos, Action action) {
    return new ScriptStep(Cue.RECEIVED, afterNanos, device.name(), action);
  }
}
