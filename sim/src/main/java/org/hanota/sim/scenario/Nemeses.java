// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hanota.sim.link.LinkFaults;

/**
 * What goes wrong.
 *
 * @param air on the air, on each link alike
 * @param links on the links between some nodes
 * @param powerCuts when each device loses its power
 * @param hubRestarts when the hub loses its power
 * @param rates the chance of each nemesis at each of its occasions, from 0 to 1; none for what does
 *     not exist
 * @param strikes what strikes once
 */
public record Nemeses(
    LinkFaults air,
    List<LinkFault> links,
    List<PowerCut> powerCuts,
    List<HubRestart> hubRestarts,
    Map<Nemesis, Double> rates,
    List<Strike> strikes) {
  /** Nothing. */
  public static final Nemeses NONE =
      new Nemeses(LinkFaults.NONE, List.of(), List.of(), List.of(), Map.of(), List.of());

  /** Keeps copies of the lists. */
  public Nemeses {
    links = List.copyOf(links);
    powerCuts = List.copyOf(powerCuts);
    hubRestarts = List.copyOf(hubRestarts);
    strikes = List.copyOf(strikes);
    Map<Nemesis, Double> copy = new EnumMap<>(Nemesis.class);
    copy.putAll(rates);
    copy.forEach(Nemeses::checkRate);
    rates = Collections.unmodifiableMap(copy);
  }

  private static void checkRate(Nemesis nemesis, double rate) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException(nemesis.label() + " is " + rate + ", allowed 0 to 1");
    }
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
