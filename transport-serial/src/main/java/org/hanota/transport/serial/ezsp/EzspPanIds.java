// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Width;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.NetworkPlan;

/**
 * The PAN id of a network that is to be formed: one that no network nearby has. The stick forms
 * whatever it is told to, so the host looks first.
 */
final class EzspPanIds {
  /** So many networks that have the PAN id drawn are no chance any more. */
  private static final int DRAWS_MAX = 8;

  private final NetworkPlan plan;
  private final Set<Integer> nearby = new TreeSet<>();

  EzspPanIds(NetworkPlan plan) {
    this.plan = plan;
  }

  /** The channels to look at. */
  long channelMask() {
    return plan.parameters().channelMask();
  }

  /** A network nearby has that one. */
  void heard(int panId) {
    nearby.add(panId);
  }

  /** The network to form; empty if each PAN id that may be taken is that of a network nearby. */
  Optional<NetworkParameters> free() {
    NetworkParameters network = plan.parameters();
    for (int draw = 1; nearby.contains(network.panId()); draw++) {
      if (plan.otherPanIds().isEmpty() || draw == DRAWS_MAX) {
        return Optional.empty();
      }
      network =
          new NetworkParameters(
              plan.otherPanIds().get().getAsInt(),
              network.extendedPanId(),
              network.networkKey(),
              network.channelMask());
    }
    return Optional.of(network);
  }

  /** Whether another attempt may draw one that is free. */
  boolean draws() {
    return plan.otherPanIds().isPresent();
  }

  /** Why none is free, with the cure. */
  String refusal() {
    return draws()
        ? "networks nearby have each of the "
            + DRAWS_MAX
            + " PAN ids that were tried; choose one that none of them has"
        : "a network nearby has the PAN id "
            + Width.hex(plan.parameters().panId(), 4)
            + " already; choose another one";
  }
}
