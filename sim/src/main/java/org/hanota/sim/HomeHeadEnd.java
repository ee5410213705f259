// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.control.WanLink;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.Credentials;
import org.hanota.hub.HubParameters;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.ScriptStep.Action;

/** Port: whoever is at the far end of the WAN of a simulated home and does what its script says. */
public interface HomeHeadEnd extends WanLink {
  /**
   * Where it stands.
   *
   * @param parties the keys of everybody
   * @param kernel in whose time it lives
   * @param hub times and limits of the hub
   * @param listener gets each GBCS message that comes or goes, once
   * @param cues gets what steps of the script follow
   * @param refusals gets each device that is sent nothing, with the reason
   */
  record Site(
      GbParties parties,
      Kernel kernel,
      HubParameters hub,
      Consumer<Message> listener,
      BiConsumer<Eui64, ScriptStep.Cue> cues,
      BiConsumer<Eui64, String> refusals) {}

  /** Begins, after hub and devices. */
  void start();

  /** Knows a hub or device of the home. */
  void trust(Credentials credentials);

  /** Knows which image a device gets in the end. */
  void plan(Eui64 device, DevicePlan plan);

  /** Sends a device an image, whichever it is. */
  void distribute(Eui64 device, DevicePlan plan);

  /** Commands a device, until it responds or is commanded something else. */
  void command(Eui64 device, Action action, DevicePlan plan);

  /**
   * Does what was pending.
   *
   * @return whether it was of this head end
   */
  boolean perform(Pending.Step step);

  /** Whether nothing is still to come of it: no date of an activation, and no letter. */
  boolean isQuiet();
}
