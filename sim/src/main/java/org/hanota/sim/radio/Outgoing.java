// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.machine.SendOptions.Priority;
import org.jspecify.annotations.Nullable;

/** A place in a station's queue; used again, so that a frame costs no object. */
final class Outgoing<F> {
  @Nullable F frame;
  int to;
  int octets;
  boolean acknowledged;
  Priority priority = Priority.NORMAL;

  /** Not before this time. */
  long readyAt;

  /** Its place among all that the station was given. */
  long order;

  /** Tries of the network layer that have failed. */
  int networkTries;

  /** How often it was on the air. */
  int timesOnAir;

  /**
   * Whether its receiver has it; a repetition is known by its frame counter and not given again.
   */
  boolean heard;

  F frame() {
    F held = frame;
    if (held == null) {
      throw new AssertionError("an empty place of the queue was sent");
    }
    return held;
  }
}
