// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.OptionalInt;

/**
 * A nemesis strikes a node once, at its first occasion after a moment.
 *
 * @param nemesis which one
 * @param node name of a device, hub, or any for each device
 * @param percent as soon as so much of the device's image has come; empty if it goes by the time
 * @param atNanos by the time since the beginning, without {@code percent}
 */
public record Strike(Nemesis nemesis, String node, OptionalInt percent, long atNanos) {
  private static final int ALL = 100;

  /** Checks the ranges. */
  public Strike {
    if (atNanos < 0
        || (percent.isPresent()
            && (percent.getAsInt() < 0 || percent.getAsInt() > ALL || atNanos != 0))) {
      throw new IllegalArgumentException(
          "a strike is at "
              + percent
              + " % or "
              + atNanos
              + " ns, allowed 0 to 100 %, or 0 ns and"
              + " more");
    }
    if (percent.isPresent() && node.equals(ScenarioDevice.HUB)) {
      throw new IllegalArgumentException("a strike at the hub has a percentage, allowed a time");
    }
  }

  /** As soon as so much of the image has come. */
  public static Strike atPercent(Nemesis nemesis, String node, int percent) {
    return new Strike(nemesis, node, OptionalInt.of(percent), 0);
  }

  /** At a time since the beginning. */
  public static Strike at(Nemesis nemesis, String node, long nanos) {
    return new Strike(nemesis, node, OptionalInt.empty(), nanos);
  }
}
