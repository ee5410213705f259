// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import org.hanota.api.transport.Frame;

/**
 * Judges what goes over the directed links between nodes, which are named by their numbers in the
 * kernel. Times are true ones and never go back.
 */
public interface LinkModel {
  /** What is once on the air. */
  enum Kind {
    /** One try of a frame. */
    FRAME,
    /** An acknowledgement, of whatever layer, on its way back. */
    ACKNOWLEDGEMENT,
    /** The answer of a discovery. */
    ANSWER
  }

  /** What becomes of a signal from a node to another; asked for each try and each receiver. */
  default Signal carry(long nanos, int from, int to, Kind kind) {
    return Signal.WHOLE;
  }

  /**
   * What else becomes of a frame; asked once for each frame and receiver, whether it is carried or
   * not.
   */
  default Verdict judge(long nanos, int from, int to, Frame frame) {
    return Verdict.DELIVER;
  }

  /** A node wants its parent asked for frames often from now on, or no more. */
  default void pollFast(long nanos, int node, boolean wanted) {}

  /** What goes wrong stops; what the link is by nature stays. */
  default void heal() {}

  /** How often it did something to a signal or a frame. */
  default long fired() {
    return 0;
  }
}
