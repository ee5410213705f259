// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.jspecify.annotations.Nullable;

/** A station's acknowledgement that goes out now; one object for all of them. */
final class Acknowledgement<F> {
  private final OnAir onAir = new OnAir();
  private @Nullable F frame;
  private int to;
  private long sequence;
  private int octets;
  private boolean isNew;

  /** Begins to acknowledge a frame of {@code to}. */
  void begin(int to, F frame, long sequence, int octets, boolean isNew) {
    this.to = to;
    this.frame = frame;
    this.sequence = sequence;
    this.octets = octets;
    this.isNew = isNew;
  }

  boolean isUnderWay() {
    return frame != null;
  }

  /** Forgets the frame, which has its acknowledgement or never will. */
  void end() {
    frame = null;
  }

  OnAir onAir() {
    return onAir;
  }

  int to() {
    return to;
  }

  F frame() {
    F acknowledged = frame;
    if (acknowledged == null) {
      throw new AssertionError("an acknowledgement ended that nobody sent");
    }
    return acknowledged;
  }

  long sequence() {
    return sequence;
  }

  /** The length of the frame that is acknowledged. */
  int octets() {
    return octets;
  }

  /** Whether the frame was not heard before. */
  boolean isNew() {
    return isNew;
  }
}
