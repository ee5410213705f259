// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.gbcs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.hub.HubInput;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.PendingChanges;

/**
 * Deliveries of the head end: each is acted on once, and what became of it is said after what
 * follows from it is kept. The latest that were taken are remembered, so that one whose end was
 * lost on its way is not acted on again. [hanota H84]
 */
public final class WanDeliveries {
  /** A head end has few under way to one hub, and gives each up after a day. */
  private static final int KEPT = 64;

  private final PendingChanges pending;

  /** The hub itself among the recipients of what is kept: it has no endpoint. */
  private final Peer self;

  private final Deque<Octets> taken = new ArrayDeque<>();

  /** Nothing came yet. */
  public WanDeliveries(PendingChanges pending, Eui64 self) {
    this.pending = pending;
    this.self = new Peer(self, 0);
  }

  /** Remembers what was taken before a restart. */
  public void start(Map<Peer, List<Octets>> kept) {
    taken.addAll(kept.getOrDefault(self, List.of()));
  }

  /**
   * Takes a delivery and says its end.
   *
   * @param act what becomes of it; empty if it shall come again
   */
  public void take(
      HubInput.Delivered delivery,
      Function<HubInput.FromHeadEnd, Optional<WanLink.End>> act,
      Call call) {
    if (taken.contains(delivery.name())) {
      say(delivery, new WanLink.End.Kept(), call);
      return;
    }
    Optional<WanLink.End> end = act.apply(delivery.what());
    if (end.isPresent() && end.get() instanceof WanLink.End.Kept) {
      taken.add(delivery.name());
      if (taken.size() > KEPT) {
        taken.remove();
      }
      pending.addWaiting(self, List.copyOf(taken));
    }
    end.ifPresent(what -> say(delivery, what, call));
  }

  private static void say(HubInput.Delivered delivery, WanLink.End end, Call call) {
    call.effects().toWan(new ToWan.DeliveryEnded(delivery.number(), end));
  }

  /** Writes what was taken. */
  public void describe(StateWriter out) {
    out.put("taken from the WAN", taken.stream().map(Octets::toHex).toList());
  }
}
