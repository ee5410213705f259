// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

/** From a time, for so long; in true nanoseconds since the beginning. */
public record Span(long atNanos, long forNanos) {
  /** Checks the ranges. */
  public Span {
    if (atNanos < 0 || forNanos < 0 || atNanos + forNanos < 0) {
      throw new IllegalArgumentException(
          "at is " + atNanos + " ns and for " + forNanos + " ns, allowed 0 ns and more");
    }
  }

  /** The first time after it. */
  public long endNanos() {
    return atNanos + forNanos;
  }

  /** Whether that time is in it. */
  public boolean includes(long nanos) {
    return nanos >= atNanos && nanos < endNanos();
  }
}
