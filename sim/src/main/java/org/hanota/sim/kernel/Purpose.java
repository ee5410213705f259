// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.kernel;

import java.util.Locale;

/** What a stream of random numbers is for. A draw more for one purpose shifts no other. */
public enum Purpose {
  /** What the air does to frames. */
  AIR(1),
  /** What a node's machine draws, from one of its starts to the next. */
  MACHINE(2),
  /** The firmware of a sample image. */
  SAMPLE_FIRMWARE(3),
  /** The key that signs a sample image. */
  SAMPLE_KEY(4),
  /** The order of events of equal time. */
  TIES(5),
  /** The key of the network in a capture. */
  NETWORK_KEY(6),
  /** The devices' link key in a capture. */
  LINK_KEY(7),
  /** What a swarm's scenario is made of. */
  SWARM(8),
  /** The states of a link whose losses come in bursts, and what it loses in them. */
  LINK_BURSTS(9),
  /** When a nemesis strikes a node, and what else it draws. */
  NEMESIS(10),
  /** When a node's radio looks for a free channel. */
  BACK_OFF(11),
  /** What goes wrong first in a sample from which transfers of a fleet are drawn. */
  FLEET_SAMPLE(12),
  /** The transfer of a home of a fleet. */
  FLEET_TRANSFER(13),
  /** What a home of a fleet is like, and how its update ends. */
  FLEET_HOME(14),
  /** The WAN to a home of a fleet. */
  FLEET_WAN(15),
  /** When a cell of a fleet's WAN is down. */
  FLEET_OUTAGE(16),
  /** Where the homes of a fleet stand in its waves. */
  FLEET_ORDER(17),
  /** The seed of a home of a fleet that is simulated whole. */
  FLEET_SCENARIO(18),
  /** When a home of a fleet changes its supplier. */
  FLEET_SUPPLIER(19);

  /** Never another one's again, since what was printed with a seed must replay. */
  private final int number;

  Purpose(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
