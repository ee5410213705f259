// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.radio.Transmission;

/**
 * Watches that no radio is longer on the air in any hour than the band allows, by all that it sent
 * and not by what it counts itself. [I8]
 */
public final class DutyGuard {
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final long NANOS_PER_MS = 1_000_000;

  private record Sent(long startNanos, long nanos) {}

  private static final class Node {
    final Deque<Sent> hour = new ArrayDeque<>();
    long nanos;
  }

  private final long seed;
  private final boolean isRationed;
  private final long allowedNanos;
  private final Map<Integer, Node> nodes = new TreeMap<>();

  /**
   * @param seed of the run, for people
   */
  public DutyGuard(long seed, RadioSettings settings) {
    this.seed = seed;
    this.isRationed = settings.band() == Band.MHZ_868;
    // What began below the threshold ends, and its acknowledgement is sent.
    this.allowedNanos =
        settings.values().get(RadioParameter.REGULATED_DUTY) * NANOS_PER_MS
            + settings.band().airtimeNanos(Band.FRAME_MAXIMUM_OCTETS)
            + settings.band().airtimeNanos(Band.ACKNOWLEDGEMENT_OCTETS);
  }

  /**
   * The node called {@code name} sent something.
   *
   * @throws InvariantViolated if the hour that ends with it has more airtime than allowed
   */
  public void check(String name, Transmission sent) {
    if (!isRationed) {
      return;
    }
    Node node = nodes.computeIfAbsent(sent.from(), unused -> new Node());
    long nanos = sent.endNanos() - sent.startNanos();
    node.hour.addLast(new Sent(sent.startNanos(), nanos));
    node.nanos += nanos;
    while (node.hour.getFirst().startNanos() < sent.endNanos() - HOUR_NANOS) {
      node.nanos -= node.hour.removeFirst().nanos();
    }
    if (node.nanos > allowedNanos) {
      String what = name + " is on the air for " + node.nanos + " ns of an hour";
      throw new InvariantViolated(
          "I8", what + ", allowed " + allowedNanos, seed, sent.endNanos(), List.of());
    }
  }
}
