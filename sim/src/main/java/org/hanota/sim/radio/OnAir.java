// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

/** When a station's frame, or its acknowledgement, is on the air; the last one of each. */
final class OnAir {
  static final long NEVER = Long.MAX_VALUE;

  private long start = NEVER;
  private long end = Long.MIN_VALUE;
  private boolean damaged;

  void put(long from, long until) {
    start = from;
    end = until;
    damaged = false;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  boolean isDamaged() {
    return damaged;
  }

  void damage() {
    damaged = true;
  }

  /** What was not sent by now never is; what is half sent is of no use. */
  void breakOff(long now) {
    if (start >= now) {
      start = NEVER;
      end = Long.MIN_VALUE;
    } else if (end > now) {
      end = now;
      damaged = true;
    }
  }

  boolean overlaps(OnAir other) {
    return start < other.end && other.start < end;
  }

  /** Whether it was heard in the {@code window} before {@code now}. */
  boolean isHeard(long now, long window) {
    return start < now && end > now - window;
  }

  boolean isUnderWay(long now) {
    return start < now && end > now;
  }
}
