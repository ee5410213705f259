// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.hanota.api.Octets;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.TransitionTable;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.store.TransferStore;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Cause;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.Update;
import org.hanota.hub.update.UpdateSteps;

/** Takes updates from phase to phase, has that stored, and gives slots that become free away. */
final class HubSteps implements UpdateSteps {
  /** Phases that are one after a restart. */
  private static final Set<Phase> TRANSFER =
      EnumSet.of(Phase.QUEUED, Phase.NOTIFIED, Phase.TRANSFERRING, Phase.VERIFYING);

  /** What a person said is stored before the call ends. */
  private static final Set<HubStimulus> ORDERS =
      EnumSet.of(HubStimulus.PAUSE, HubStimulus.RESUME, HubStimulus.STOPPED);

  private final TransitionTable<Phase, HubStimulus, UpdateStep> table;
  private final HubParts parts;

  /** Whether slots are given away just now, or nobody may be given any yet. */
  private boolean givesSlots;

  HubSteps(
      TransitionTable<Phase, HubStimulus, UpdateStep> table,
      HubConfig config,
      ImageStore images,
      TransferStore transfers,
      ToIntFunction<Peer> maximumPayload,
      Consumer<Octets> onQuarantine) {
    this.table = table;
    this.parts = new HubParts(config, images, transfers, maximumPayload, this, onQuarantine);
  }

  HubParts parts() {
    return parts;
  }

  /** The hub starts: whoever waits for a slot is in the queue before anybody is given one. */
  void restart(Call call) {
    givesSlots = true;
    for (Update update : parts.devices().updates()) {
      if (update.announcement().isWithdrawn()) {
        parts.responses().withdraw(update, call);
      }
      fire(update, HubStimulus.RESTARTED, call);
    }
    givesSlots = false;
    giveSlots(call);
  }

  @Override
  public void fire(Update update, HubStimulus stimulus, Cause cause, Call call) {
    Phase before = update.phase();
    boolean hadOffer = update.offer() != null;
    Phase after = table.fire(before, stimulus, new UpdateStep(parts, update, cause, call));
    boolean changed = update.enter(after);
    boolean isOrder = cause instanceof Cause.Offered || ORDERS.contains(stimulus);
    if (changed || isOrder) {
      boolean sameAfterRestart = TRANSFER.contains(before) && TRANSFER.contains(after);
      if (isOrder || ((hadOffer || update.offer() != null) && !sameAfterRestart)) {
        parts.pending().add(update);
      } else {
        parts.pending().addLater(update);
      }
    }
    if (!update.hasSlot()) {
      giveSlots(call);
    }
  }

  /** Whoever is next gets a slot that has become free. */
  private void giveSlots(Call call) {
    if (givesSlots) {
      return;
    }
    givesSlots = true;
    Update next = parts.queue().next();
    while (next != null && parts.queue().admit(next, call.now())) {
      fire(next, HubStimulus.SLOT_FREE, call);
      next = parts.queue().next();
    }
    givesSlots = false;
  }
}
