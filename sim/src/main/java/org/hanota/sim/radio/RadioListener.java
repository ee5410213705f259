// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.transport.Frame;

/** Hears what happens on the air of a home; nodes are named by their numbers. */
public interface RadioListener {
  /** Something was on the air. */
  void onAir(Transmission transmission);

  /** A radio gave a frame up, for a reason that has a name; its node is told. */
  void givenUp(long nanos, int from, int to, Frame frame, Fate fate);

  /** What a radio may send has changed. */
  void duty(long nanos, int node, DutyState state);
}
