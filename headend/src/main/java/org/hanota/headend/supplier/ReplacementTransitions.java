// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.headend.supplier.ReplacementState.ABANDONED;
import static org.hanota.headend.supplier.ReplacementState.AWAITING;
import static org.hanota.headend.supplier.ReplacementState.CHECKING;
import static org.hanota.headend.supplier.ReplacementState.COMMISSIONING;
import static org.hanota.headend.supplier.ReplacementState.DECOMMISSIONING;
import static org.hanota.headend.supplier.ReplacementState.HELD;
import static org.hanota.headend.supplier.ReplacementState.JOINING;
import static org.hanota.headend.supplier.ReplacementState.NOTIFYING;
import static org.hanota.headend.supplier.ReplacementState.PLANNED;
import static org.hanota.headend.supplier.ReplacementState.REMOVING;
import static org.hanota.headend.supplier.ReplacementState.REPLACED;
import static org.hanota.headend.supplier.ReplacementState.RESTORING;
import static org.hanota.headend.supplier.ReplacementState.UNJOINING;
import static org.hanota.headend.supplier.ReplacementState.WHITELISTING;
import static org.hanota.headend.supplier.ReplacementStimulus.ABANDON;
import static org.hanota.headend.supplier.ReplacementStimulus.DONE;
import static org.hanota.headend.supplier.ReplacementStimulus.DUE;
import static org.hanota.headend.supplier.ReplacementStimulus.NOT_YET;
import static org.hanota.headend.supplier.ReplacementStimulus.REFUSED;
import static org.hanota.headend.supplier.ReplacementStimulus.RESUME;
import static org.hanota.headend.supplier.ReplacementStimulus.START;
import static org.hanota.headend.supplier.ReplacementStimulus.UNANSWERED;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/**
 * Every transition of the replacement of a damaged device. The old device is taken out only after
 * the inventory expects the new one; where a step is refused, nothing goes on until a person says
 * so. [hanota H125]
 */
final class ReplacementTransitions {
  private static final Set<ReplacementState> ENDS = EnumSet.of(REPLACED, ABANDONED);

  /** In these a request is under way, or will be asked again. */
  static final Set<ReplacementState> STEPS =
      EnumSet.complementOf(EnumSet.of(PLANNED, HELD, REPLACED, ABANDONED));

  static final TransitionTable<ReplacementState, ReplacementStimulus, ReplacementStep> TABLE =
      table();

  private ReplacementTransitions() {}

  private static TransitionTable<ReplacementState, ReplacementStimulus, ReplacementStep> table() {
    TransitionTable.Builder<ReplacementState, ReplacementStimulus, ReplacementStep> table =
        TransitionTable.<ReplacementState, ReplacementStimulus, ReplacementStep>of(
                ReplacementState.class, ReplacementStimulus.class)
            .choose(
                PLANNED,
                START,
                OURS,
                "announce the new device, if that was not done",
                ReplacementStep::next,
                EnumSet.of(NOTIFYING, CHECKING))
            .go(NOTIFYING, DONE, OURS, "is it expected", ReplacementStep::goOn, CHECKING)
            .choose(
                CHECKING,
                DONE,
                OURS,
                "take the old device out",
                ReplacementStep::next,
                EnumSet.of(UNJOINING, REMOVING, RESTORING))
            .choose(
                UNJOINING,
                DONE,
                OURS,
                "ask the next partner, then the hub",
                ReplacementStep::next,
                EnumSet.of(UNJOINING, REMOVING))
            .go(REMOVING, DONE, OURS, "end its service", ReplacementStep::goOn, DECOMMISSIONING)
            .go(RESTORING, DONE, OURS, "end its service", ReplacementStep::goOn, DECOMMISSIONING)
            .choose(
                DECOMMISSIONING,
                DONE,
                OURS,
                "let the new device in; a hub is in already",
                ReplacementStep::next,
                EnumSet.of(WHITELISTING, REPLACED))
            .go(WHITELISTING, DONE, OURS, "has it come", ReplacementStep::goOn, AWAITING)
            .choose(
                AWAITING,
                DONE,
                OURS,
                "join it",
                ReplacementStep::next,
                EnumSet.of(JOINING, COMMISSIONING))
            .choose(
                AWAITING,
                NOT_YET,
                OURS,
                "look again later, so often",
                ReplacementStep::later,
                EnumSet.of(AWAITING, HELD))
            .ignore(
                EnumSet.complementOf(EnumSet.of(AWAITING, REPLACED, ABANDONED)),
                EnumSet.of(NOT_YET))
            .choose(
                JOINING,
                DONE,
                OURS,
                "the next pair, then a meter's clock",
                ReplacementStep::next,
                EnumSet.of(JOINING, COMMISSIONING, REPLACED))
            .go(COMMISSIONING, DONE, OURS, "it is done", ReplacementStep::end, REPLACED)
            .go(STEPS, REFUSED, OURS, "wait for a person", ReplacementStep::end, HELD)
            .stay(STEPS, DUE, OURS, "ask again", ReplacementStep::ask)
            .choose(HELD, RESUME, OURS, "ask again", ReplacementStep::resume, EnumSet.copyOf(STEPS))
            .go(STEPS, ABANDON, OURS, "ask nothing more", ReplacementStep::end, ABANDONED)
            .go(HELD, ABANDON, OURS, "ask nothing more", ReplacementStep::end, ABANDONED)
            .ignore(STEPS, EnumSet.of(START, RESUME))
            .ignore(EnumSet.of(HELD), EnumSet.of(START, DONE, REFUSED, UNANSWERED, DUE))
            .ignore(
                EnumSet.of(PLANNED), EnumSet.of(DONE, REFUSED, UNANSWERED, DUE, RESUME, ABANDON))
            .ignore(ENDS, EnumSet.allOf(ReplacementStimulus.class));
    for (ReplacementState step : STEPS) {
      table.choose(
          step,
          UNANSWERED,
          OURS,
          "ask again later, so often",
          ReplacementStep::later,
          EnumSet.of(step, HELD));
    }
    return table.build();
  }
}
