// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.List;
import org.hanota.sim.link.MarkovLoss;
import org.hanota.sim.link.Span;

/** What goes wrong on the links from a node to another, of one direction only. */
public sealed interface LinkFault {
  /** Stands for each node. */
  String ANY = "any";

  /** Name of the sending node, or {@link #ANY}. */
  String from();

  /** Name of the receiving node, or {@link #ANY}. */
  String to();

  /** Losses that come in bursts. */
  record Bursts(String from, String to, List<MarkovLoss.State> states) implements LinkFault {
    /** Checks that the states fit each other. */
    public Bursts {
      states = List.copyOf(states);
      MarkovLoss.check(states);
    }
  }

  /** Nothing is carried. */
  record Outage(String from, String to, Span span) implements LinkFault {}

  /** Frames are kept back and then given in their order. */
  record Hold(String from, String to, Span span) implements LinkFault {}
}
