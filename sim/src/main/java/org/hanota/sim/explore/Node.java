// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.zcl.ZclMessage;

/**
 * One node of a model at the beginning of its run: its storage, what makes its machine at each
 * start, and what is checked of it from outside. What it holds besides its machine outlives the
 * restarts, and is part of the state.
 */
public interface Node {
  /** Its address and role. */
  NodeConfig config();

  /** Makes its machine anew, at each start. */
  Machine start();

  /**
   * An order from outside.
   *
   * @param number of the order in the model
   */
  void order(int number, Now now, Orders orders);

  /** Takes an order. */
  interface Orders {
    /** Gives it to the machine. */
    void give(Input input);
  }

  /** It is called now. */
  default void time(Now now) {}

  /** A message reached it, before its machine gets it. */
  default void received(Now now, ZclMessage message) {}

  /** A message leaves it. */
  default void sends(Now now, ZclMessage message) {}

  /** Its machine reports something. */
  default void event(Now now, Event event) {}

  /** Whether its part of the update goes on. */
  boolean isOpen();

  /** Which version runs, as far as it knows; empty if it says nothing of that. */
  String outcome();

  /** Writes its storage and what its checks remember, but not its machine. */
  void describe(StateWriter out);
}
