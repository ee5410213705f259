// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.Eui64;
import org.hanota.hub.HubInput;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.Strike;

/** What happens around the nodes of a home. */
sealed interface HomeStep extends Pending.Step
    permits HeadEndStandIn.WanStep,
        HomeStep.Scripted,
        HomeStep.ToHub,
        HomeStep.DevicePowerCut,
        HomeStep.HubPowerCut,
        HomeStep.Struck,
        HomeStep.Tick,
        HomeStep.Occasion {
  /** A step of the script is due. */
  record Scripted(ScriptStep step) implements HomeStep {}

  /** The WAN tries again to hand the hub what came while it was off. */
  record ToHub(HubInput input) implements HomeStep {}

  /** A device loses its power. */
  record DevicePowerCut(Eui64 device, long offNanos) implements HomeStep {}

  /** The hub loses its power. */
  record HubPowerCut(long offNanos) implements HomeStep {}

  /** What strikes once is told to. */
  record Struck(Strike strike) implements HomeStep {}

  /** Each node has an occasion for what goes wrong by itself, and again later. */
  record Tick() implements HomeStep {}

  /** One node has such an occasion. */
  record Occasion(int node) implements HomeStep {}
}
