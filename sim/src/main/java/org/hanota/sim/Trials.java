// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hanota.device.bank.Journal;
import org.hanota.sim.scenario.Nemesis;

/**
 * Which devices went back to the image before because each trial of the new one was interrupted: a
 * boot loader gives up after three. [hanota H36]
 */
final class Trials {
  /** As many as {@link Journal.Boot} has. */
  private static final int TRIALS = 3;

  /** What ends a start of a device before it has confirmed itself. */
  private static final Set<Nemesis> INTERRUPT =
      EnumSet.of(
          Nemesis.POWER_CUT,
          Nemesis.TORN_WRITE,
          Nemesis.IO_ERROR,
          Nemesis.STORAGE_FULL,
          Nemesis.RESTART,
          Nemesis.DEVICE_STOPS);

  /** By node: how often it was interrupted since it put a new image in place. */
  private final Map<Integer, Integer> interruptions = new TreeMap<>();

  /** By node and time: whether the interruptions explain that it went back. */
  private final Map<Integer, TreeMap<Long, Boolean>> wentBack = new TreeMap<>();

  /** A nemesis strikes a node. */
  void struck(Nemesis nemesis, int node) {
    if (INTERRUPT.contains(nemesis)) {
      interruptions.merge(node, 1, Integer::sum);
    }
  }

  /** The slots of a device change places: for a new image, or back to the one before. */
  void swaps(int node, Journal after, long nanos) {
    if (after.boot() == Journal.Boot.SWAPPED) {
      interruptions.remove(node);
    } else {
      wentBack
          .computeIfAbsent(node, any -> new TreeMap<>())
          .put(nanos, interruptions.getOrDefault(node, 0) >= TRIALS);
    }
  }

  /** Whether a device that went back the last time before {@code nanos} could do nothing else. */
  boolean wereInterrupted(int node, long nanos) {
    Map.Entry<Long, Boolean> last = wentBack.getOrDefault(node, new TreeMap<>()).floorEntry(nanos);
    return last != null && last.getValue();
  }
}
