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
public interface HomeHeadEnd {
  /**
   * Where it stands.
   *
   * @param isReal whether it must be a real one
   * @param parties the keys of everybody
   * @param kernel in whose time it lives
   * @param hub times and limits of the hub
   * @param foes who else sends commands to its devices
   * @param listener gets each GBCS message that comes or goes, once
   * @param cues gets what steps of the script follow
   * @param ends gets each device to which nothing more will be done
   */
  record Site(
      boolean isReal,
      GbParties parties,
      Kernel kernel,
      HubParameters hub,
      Foes foes,
      Consumer<Message> listener,
      BiConsumer<Eui64, ScriptStep.Cue> cues,
      Ends ends) {}

  /** Who sends what the head end did not, each time that it commands a device. */
  interface Foes {
    /** Whether the device's first command comes again now. */
    boolean replays(Eui64 device);

    /** Whether the command comes now with signature and MAC of strangers, too. */
    boolean forges(Eui64 device);
  }

  /** Takes how it ends for a device where the device itself does not say so. */
  interface Ends {
    /** Nothing more will be done to a device. */
    void end(Eui64 device, DeviceReport.Outcome outcome, String reason);
  }

  /** What the hub is connected to. */
  WanLink wan();

  /** Begins, after hub and devices. */
  void start();

  /** Knows a hub or device of the home. */
  void trust(Credentials credentials);

  /** Knows which image a device gets in the end. */
  void plan(Eui64 device, DevicePlan plan);

  /** Sends a device an image, whichever it is. */
  void distribute(Eui64 device, DevicePlan plan);

  /** Sends a device a file as it is, by mistake: in one piece, where others are divided. */
  default void distributeWhole(Eui64 device, DevicePlan plan) {
    distribute(device, plan);
  }

  /**
   * A device's former supplier commands it to run the image of {@code plan}, just before the DCC
   * knows of the change: the device is the last to refuse it.
   */
  void commandAsFormer(Eui64 device, DevicePlan plan);

  /** Commands a device, until it responds or is commanded something else. */
  void command(Eui64 device, Action action, DevicePlan plan);

  /** Sends again whatever had no response: somebody asks why nothing happens. */
  default void repeatOrders() {}

  /**
   * Does what was pending.
   *
   * @return whether it was of this head end
   */
  boolean perform(Pending.Step step);

  /** Whether nothing is still to come of it: no date of an activation, and no letter. */
  boolean isQuiet();
}
