// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.headend.campaign.DeviceState.CURRENT;
import static org.hanota.headend.campaign.DeviceState.DEFERRED;
import static org.hanota.headend.campaign.DeviceState.FAILED;
import static org.hanota.headend.campaign.DeviceState.HELD;
import static org.hanota.headend.campaign.DeviceState.ORDERED;
import static org.hanota.headend.campaign.DeviceState.REFUSED;
import static org.hanota.headend.campaign.DeviceState.REQUESTED;
import static org.hanota.headend.campaign.DeviceState.SILENT;
import static org.hanota.headend.campaign.DeviceState.SUPERSEDED;
import static org.hanota.headend.campaign.DeviceState.UPDATED;
import static org.hanota.headend.campaign.DeviceState.WAITING;
import static org.hanota.headend.campaign.DeviceState.WRONG_VERSION;
import static org.hanota.headend.campaign.DeviceStimulus.ACKNOWLEDGED;
import static org.hanota.headend.campaign.DeviceStimulus.CLAIMED;
import static org.hanota.headend.campaign.DeviceStimulus.CONFIRMED;
import static org.hanota.headend.campaign.DeviceStimulus.HELD_BACK;
import static org.hanota.headend.campaign.DeviceStimulus.LET_GO;
import static org.hanota.headend.campaign.DeviceStimulus.NOT_ACCEPTED;
import static org.hanota.headend.campaign.DeviceStimulus.NOT_NOW;
import static org.hanota.headend.campaign.DeviceStimulus.NOT_UPDATED;
import static org.hanota.headend.campaign.DeviceStimulus.OTHER_VERSION;
import static org.hanota.headend.campaign.DeviceStimulus.REPLACED;
import static org.hanota.headend.campaign.DeviceStimulus.SILENCE;
import static org.hanota.headend.campaign.DeviceStimulus.TURN;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/**
 * Every transition of a device in a campaign. Only the version that a device itself names makes it
 * UPDATED; no end is left, what comes later is written beside. [hanota H92]
 */
final class DeviceTransitions {
  private static final Set<DeviceState> HERE = EnumSet.of(WAITING, DEFERRED);
  private static final Set<DeviceState> UNDER_WAY = EnumSet.of(ORDERED, REQUESTED, HELD);
  private static final Set<DeviceState> ENDS =
      EnumSet.of(UPDATED, FAILED, WRONG_VERSION, SILENT, REFUSED, SUPERSEDED, CURRENT);

  static final TransitionTable<DeviceState, DeviceStimulus, DeviceStep> TABLE = table();

  private DeviceTransitions() {}

  private static TransitionTable<DeviceState, DeviceStimulus, DeviceStep> table() {
    TransitionTable.Builder<DeviceState, DeviceStimulus, DeviceStep> table =
        TransitionTable.<DeviceState, DeviceStimulus, DeviceStep>of(
                DeviceState.class, DeviceStimulus.class)
            .go(HERE, TURN, OURS, "put the request", DeviceStep::order, ORDERED)
            .go(HERE, CONFIRMED, OURS, "there is nothing to do", DeviceStep::move, CURRENT)
            // Nobody can report what has not left; the version before the update is no failure.
            .ignore(HERE, EnumSet.complementOf(EnumSet.of(TURN, CONFIRMED)))
            .go(ORDERED, ACKNOWLEDGED, OURS, "wait", DeviceStep::move, REQUESTED)
            .ignore(EnumSet.of(REQUESTED, HELD), EnumSet.of(ACKNOWLEDGED))
            .go(
                EnumSet.of(ORDERED, REQUESTED),
                NOT_NOW,
                OURS,
                "try again at the time that is named",
                DeviceStep::defer,
                DEFERRED)
            .go(HELD, NOT_NOW, OURS, "try again then", DeviceStep::defer, DEFERRED)
            .go(UNDER_WAY, NOT_ACCEPTED, OURS, "it ends", DeviceStep::move, REFUSED)
            .go(
                EnumSet.of(ORDERED, REQUESTED),
                HELD_BACK,
                "[DUIS schema]",
                "it waits for a person's judgement",
                DeviceStep::move,
                HELD)
            .ignore(EnumSet.of(HELD), EnumSet.of(HELD_BACK))
            .go(HELD, LET_GO, "[DUIS schema]", "it goes on", DeviceStep::move, REQUESTED)
            .ignore(EnumSet.of(ORDERED, REQUESTED), EnumSet.of(LET_GO))
            .stay(UNDER_WAY, CLAIMED, OURS, "wait for the device itself", DeviceStep::beside)
            .go(UNDER_WAY, CONFIRMED, OURS, "it is done", DeviceStep::move, UPDATED)
            .go(UNDER_WAY, OTHER_VERSION, OURS, "it ends", DeviceStep::move, WRONG_VERSION)
            .go(UNDER_WAY, NOT_UPDATED, OURS, "it ends", DeviceStep::move, FAILED)
            .go(UNDER_WAY, REPLACED, OURS, "it ends", DeviceStep::move, SUPERSEDED)
            .go(UNDER_WAY, SILENCE, OURS, "it ends", DeviceStep::move, SILENT)
            .ignore(UNDER_WAY, EnumSet.of(TURN))
            .ignore(ENDS, EnumSet.of(TURN, SILENCE));
    for (DeviceStimulus report : EnumSet.complementOf(EnumSet.of(TURN, SILENCE))) {
      table.stay(ENDS, report, OURS, "no end is left; write it beside", DeviceStep::beside);
    }
    return table.build();
  }
}
