// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.hub.HubInput;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.scenario.ImageSource;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.ScriptStep.Action;

/** Does what a scenario's script says, when what its steps follow has happened. */
final class HomeScript {
  /** After so long the head end sees its mistake. */
  private static final long CORRECTED_NANOS = 3_600_000_000_000L;

  private final Scenario scenario;
  private final Fittings fittings;
  private final Kernel kernel;
  private final HomeNodes nodes;
  private final HomeNemeses nemeses;
  private final Optional<HomeHeadEnd> headEnd;

  /**
   * Devices that are offered an image again in a while. Each is so once at a time: each mistake may
   * be refused and be corrected, and offers would double with every one.
   */
  private final Set<String> offeredAgain = new TreeSet<>();

  HomeScript(
      Scenario scenario,
      Fittings fittings,
      Kernel kernel,
      HomeNodes nodes,
      HomeNemeses nemeses,
      Optional<HomeHeadEnd> headEnd) {
    this.scenario = scenario;
    this.fittings = fittings;
    this.kernel = kernel;
    this.nodes = nodes;
    this.nemeses = nemeses;
    this.headEnd = headEnd;
  }

  /** The steps that follow the beginning are pending from now on. */
  void start() {
    for (ScriptStep step : scenario.script()) {
      if (step.cue() == ScriptStep.Cue.START) {
        kernel.schedule(step.afterNanos(), new HomeStep.Scripted(step));
      }
    }
  }

  /** The head end has heard of a device what steps of the script follow. */
  void cue(Eui64 device, ScriptStep.Cue heard) {
    HomeDevice unit = nodes.unit(device);
    ScriptStep.Cue cue = unit.former.isPresent() ? former(heard) : heard;
    String name = unit.plan.name();
    if (cue == ScriptStep.Cue.CANCELLED && scenario.endsCancelled(name)) {
      unit.end(DeviceReport.Outcome.VERIFIED, "its activation was cancelled", kernel.nanos());
    }
    for (ScriptStep step : scenario.script()) {
      if (step.cue() == cue && step.device().equals(name)) {
        follow(step, step.afterNanos());
      }
    }
  }

  private void follow(ScriptStep step, long afterNanos) {
    if (!isAgain(step) || offeredAgain.add(again(step))) {
      kernel.schedule(afterNanos, new HomeStep.Scripted(step));
    }
  }

  private static boolean isAgain(ScriptStep step) {
    return step.action() instanceof Action.Offer
        && (step.cue() == ScriptStep.Cue.REFUSED || step.cue() == ScriptStep.Cue.FORMER_REFUSED);
  }

  /** The offer that is pending: of this supplier's image, or of the former one's. */
  private static String again(ScriptStep step) {
    return step.cue() + " " + step.device();
  }

  private static ScriptStep.Cue former(ScriptStep.Cue cue) {
    return switch (cue) {
      case RECEIVED -> ScriptStep.Cue.FORMER_RECEIVED;
      case REFUSED -> ScriptStep.Cue.FORMER_REFUSED;
      case START, CANCELLED, FORMER_RECEIVED, FORMER_REFUSED -> cue;
    };
  }

  /** Does a step that is due. */
  void perform(ScriptStep step) {
    if (step.device().equals(ScenarioDevice.HUB)) {
      stepClock(HomeNodes.HUB, step.action());
      return;
    }
    HomeDevice unit = nodes.unit(step.device());
    Eui64 address = unit.config.address();
    if (step.action() instanceof Action.Offer offer) {
      if (isAgain(step)) {
        offeredAgain.remove(again(step));
      }
      boolean isKnown = step.cue() == ScriptStep.Cue.START && nodes.isOfferedBefore(unit);
      if (isKnown || !unit.isOpen()) {
        return;
      }
      if (offer.other().isPresent()) {
        headEnd()
            .distribute(address, DevicePlan.of(unit.plan.device(), offer.other().get(), fittings));
      } else {
        offer(unit, step);
      }
    } else if (step.action() instanceof Action.ChangeSupplier) {
      nodes.changeSupplier(unit);
    } else if (step.action() instanceof Action.ActivateAsFormer) {
      ImageSource formers = scenario.formerImages(unit.plan.name()).get(0);
      headEnd().commandAsFormer(address, DevicePlan.of(unit.plan.device(), formers, fittings));
    } else if (step.action() instanceof Action.StepClock) {
      stepClock(kernel.find(unit.planned.self()), step.action());
    } else {
      headEnd().command(address, step.action(), unit.plan);
    }
  }

  private void stepClock(int node, Action action) {
    kernel.node(node).clock().step(((Action.StepClock) action).millis());
  }

  /** By mistake it may be another one; the right one follows. */
  private void offer(HomeDevice unit, ScriptStep step) {
    boolean byHeadEnd = isServedByHeadEnd(unit);
    Optional<DevicePlan> instead =
        byHeadEnd ? nemeses.sent(unit.node().number(), unit.plan) : Optional.empty();
    if (instead.isPresent()) {
      headEnd().distributeWhole(unit.config.address(), instead.get());
      follow(
          new ScriptStep(ScriptStep.Cue.REFUSED, 0, step.device(), step.action()), CORRECTED_NANOS);
    } else {
      begin(unit);
    }
  }

  private boolean isServedByHeadEnd(HomeDevice unit) {
    return headEnd.isPresent() && unit.config.gbcs().isPresent();
  }

  private HomeHeadEnd headEnd() {
    return headEnd.orElseThrow(() -> new AssertionError("a script that needs a head end has one"));
  }

  /** Offers a device the image that the world has for it. */
  void begin(HomeDevice unit) {
    if (!isServedByHeadEnd(unit)) {
      nodes.toHub(new HubInput.Start(unit.planned.offer()));
    } else {
      headEnd().distribute(unit.config.address(), unit.plan);
    }
  }
}
