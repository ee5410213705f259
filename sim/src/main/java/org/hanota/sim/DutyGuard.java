// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayDeque;
import java.util.Deque;
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
final class DutyGuard {
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final long NANOS_PER_MS = 1_000_000;

  private record Sent(long startNanos, long nanos) {}

  private static final class Node {
    final Deque<Sent> hour = new ArrayDeque<>();
    long nanos;
  }

  private final boolean isRationed;
  private final long allowedNanos;
  private final Map<Integer, Node> nodes = new TreeMap<>();

  DutyGuard(RadioSettings settings) {
    this.isRationed = settings.band() == Band.MHZ_868;
    // What began below the threshold ends, and its acknowledgement is sent.
    this.allowedNanos =
        settings.values().get(RadioParameter.REGULATED_DUTY) * NANOS_PER_MS
            + settings.band().airtimeNanos(Band.FRAME_MAXIMUM_OCTETS)
            + settings.band().airtimeNanos(Band.ACKNOWLEDGEMENT_OCTETS);
  }

  /** Whether the hour that ends with it has no more airtime than allowed. */
  boolean allows(Transmission sent) {
    if (!isRationed) {
      return true;
    }
    Node node = nodes.computeIfAbsent(sent.from(), unused -> new Node());
    long nanos = sent.endNanos() - sent.startNanos();
    node.hour.addLast(new Sent(sent.startNanos(), nanos));
    node.nanos += nanos;
    while (node.hour.getFirst().startNanos() < sent.endNanos() - HOUR_NANOS) {
      node.nanos -= node.hour.removeFirst().nanos();
    }
    return node.nanos <= allowedNanos;
  }
}
