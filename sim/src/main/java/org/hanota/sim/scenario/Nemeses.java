// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.List;
import org.hanota.api.transport.LinkFaults;

/**
 * What goes wrong.
 *
 * @param air on the air, on each link alike
 * @param links on the links between some nodes
 * @param powerCuts when each device loses its power
 * @param hubRestarts when the hub loses its power
 */
public record Nemeses(
    LinkFaults air, List<LinkFault> links, List<PowerCut> powerCuts, List<HubRestart> hubRestarts) {
  /** Nothing. */
  public static final Nemeses NONE = new Nemeses(LinkFaults.NONE, List.of(), List.of(), List.of());

  /** Keeps copies of the lists. */
  public Nemeses {
    links = List.copyOf(links);
    powerCuts = List.copyOf(powerCuts);
    hubRestarts = List.copyOf(hubRestarts);
  }

  /**
   * Each device loses its power once.
   *
   * @param percent as soon as so much of its image has come
   * @param offNanos for so long
   */
  public record PowerCut(int percent, long offNanos) {
    /** Checks the ranges. */
    public PowerCut {
      if (percent < 0 || percent > 100 || offNanos < 0) {
        throw new IllegalArgumentException(
            "a power cut is at "
                + percent
                + " % for "
                + offNanos
                + " ns, allowed 0 to 100 % and 0 ns and more");
      }
    }
  }

  /**
   * The hub loses its power once.
   *
   * @param atNanos at this virtual time
   * @param offNanos for so long
   */
  public record HubRestart(long atNanos, long offNanos) {
    /** Checks the ranges. */
    public HubRestart {
      if (atNanos < 0 || offNanos < 0) {
        throw new IllegalArgumentException(
            "a hub's restart is at " + atNanos + " for " + offNanos + " ns, allowed 0 ns and more");
      }
    }
  }
}
