// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

/**
 * What may go wrong on a link, each as a fraction of its frames from 0 to 1.
 *
 * @param drop the frame, or its acknowledgement, is lost
 * @param repeat the frame comes twice
 * @param reorder the frame is held back so that later ones overtake it
 * @param corrupt octets change and the link check notices, so that the frame is dropped
 * @param corruptUndetected octets change and the link check does not notice
 * @param delay the frame comes late by up to {@code maximumDelayNanos}
 * @param maximumDelayNanos the longest delay of a reordered or delayed frame
 */
public record LinkFaults(
    double drop,
    double repeat,
    double reorder,
    double corrupt,
    double corruptUndetected,
    double delay,
    long maximumDelayNanos) {
  /** A perfect link. */
  public static final LinkFaults NONE = new LinkFaults(0, 0, 0, 0, 0, 0, 0);

  /** Checks that each fraction is one. */
  public LinkFaults {
    fraction("drop", drop);
    fraction("repeat", repeat);
    fraction("reorder", reorder);
    fraction("corrupt", corrupt);
    fraction("corruptUndetected", corruptUndetected);
    fraction("delay", delay);
    if (maximumDelayNanos < 0) {
      throw new IllegalArgumentException(
          "maximumDelayNanos is " + maximumDelayNanos + ", allowed 0 and more");
    }
  }

  /** A link that only loses frames. */
  public static LinkFaults loss(double fraction) {
    return new LinkFaults(fraction, 0, 0, 0, 0, 0, 0);
  }

  private static void fraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed 0 to 1");
    }
  }
}
