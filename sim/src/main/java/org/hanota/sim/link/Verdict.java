// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.transport.Frame;

/**
 * What a link does to one frame besides carrying it.
 *
 * @param isLost whether it never comes
 * @param delayNanos how much later it comes than the link takes
 * @param repeats whether it comes twice
 * @param changed the octets of its ZCL frame as they come, if the link check let a change pass
 */
public record Verdict(boolean isLost, long delayNanos, boolean repeats, Optional<Octets> changed) {
  /** It comes as it was sent. */
  public static final Verdict DELIVER = new Verdict(false, 0, false, Optional.empty());

  /** It never comes. */
  public static final Verdict LOSE = new Verdict(true, 0, false, Optional.empty());

  /** Checks the delay. */
  public Verdict {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("delayNanos is " + delayNanos + ", allowed 0 and more");
    }
  }

  /** It comes so much later. */
  public static Verdict later(long delayNanos) {
    return delayNanos == 0 ? DELIVER : new Verdict(false, delayNanos, false, Optional.empty());
  }

  /** This and {@code other}: delays add up, and of two changes the first one counts. */
  public Verdict and(Verdict other) {
    if (other.equals(DELIVER) || isLost) {
      return this;
    } else if (equals(DELIVER) || other.isLost) {
      return other;
    }
    return new Verdict(
        false,
        delayNanos + other.delayNanos,
        repeats || other.repeats,
        changed.isPresent() ? changed : other.changed);
  }

  /** The frame as it comes. */
  public Frame of(Frame sent) {
    return changed.isPresent() ? sent.withZcl(changed.get()) : sent;
  }
}
