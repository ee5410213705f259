// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.headend.supplier.DialogueState.ACKNOWLEDGED;
import static org.hanota.headend.supplier.DialogueState.ANSWERED;
import static org.hanota.headend.supplier.DialogueState.ASKED;
import static org.hanota.headend.supplier.DialogueState.EXPIRED;
import static org.hanota.headend.supplier.DialogueState.RECALLED;
import static org.hanota.headend.supplier.DialogueState.REFUSED;
import static org.hanota.headend.supplier.DialogueState.SENT;
import static org.hanota.headend.supplier.DialogueState.SIGNED;
import static org.hanota.headend.supplier.DialogueState.SIGNED_RECALLED;
import static org.hanota.headend.supplier.DialogueState.WITHDRAWN;
import static org.hanota.headend.supplier.DialogueStimulus.ANSWER;
import static org.hanota.headend.supplier.DialogueStimulus.ERROR;
import static org.hanota.headend.supplier.DialogueStimulus.NOT_TAKEN;
import static org.hanota.headend.supplier.DialogueStimulus.OTHER_PRE_COMMAND;
import static org.hanota.headend.supplier.DialogueStimulus.OUTCOME;
import static org.hanota.headend.supplier.DialogueStimulus.PRE_COMMAND;
import static org.hanota.headend.supplier.DialogueStimulus.PUT_AGAIN;
import static org.hanota.headend.supplier.DialogueStimulus.RECALL;
import static org.hanota.headend.supplier.DialogueStimulus.SIGNED_TAKEN;
import static org.hanota.headend.supplier.DialogueStimulus.TAKEN;
import static org.hanota.headend.supplier.DialogueStimulus.TAKEN_BACK;
import static org.hanota.headend.supplier.DialogueStimulus.TIME_OVER;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/**
 * Every transition of a request at its supplier. An acknowledgement and the answer that follows it
 * take different ways and may overtake each other.
 */
final class DialogueTransitions {
  private static final Set<DialogueState> OPEN =
      EnumSet.of(ASKED, ACKNOWLEDGED, SIGNED, SENT, RECALLED, SIGNED_RECALLED);
  private static final Set<DialogueState> UNRECALLED =
      EnumSet.of(ASKED, ACKNOWLEDGED, SIGNED, SENT);
  private static final Set<DialogueState> UNSIGNED = EnumSet.of(ASKED, ACKNOWLEDGED);
  private static final Set<DialogueState> ENDS = EnumSet.of(ANSWERED, REFUSED, EXPIRED, WITHDRAWN);

  static final TransitionTable<DialogueState, DialogueStimulus, DialogueStep> TABLE =
      TransitionTable.<DialogueState, DialogueStimulus, DialogueStep>of(
              DialogueState.class, DialogueStimulus.class)
          .go(
              ASKED,
              TAKEN,
              "[DUIS schema]",
              "wait for the answer",
              DialogueStep::goOn,
              ACKNOWLEDGED)
          .go(SIGNED, SIGNED_TAKEN, "[DUIS schema]", "wait", DialogueStep::goOn, SENT)
          .go(OPEN, NOT_TAKEN, "[DUIS schema]", "it is refused", DialogueStep::goOn, REFUSED)
          .go(UNSIGNED, PRE_COMMAND, "[DUIS schema]", "sign it", DialogueStep::sign, SIGNED)
          .go(UNSIGNED, OTHER_PRE_COMMAND, OURS, "sign nothing", DialogueStep::goOn, REFUSED)
          .go(OPEN, ANSWER, "[DUIS schema]", "it is answered", DialogueStep::goOn, ANSWERED)
          .go(OPEN, OUTCOME, "[DUIS schema]", "it is answered", DialogueStep::goOn, ANSWERED)
          .go(OPEN, ERROR, "[DUIS schema]", "it is refused", DialogueStep::goOn, REFUSED)
          .go(OPEN, TIME_OVER, OURS, "nobody waits for it any more", DialogueStep::goOn, EXPIRED)
          .go(UNSIGNED, TAKEN_BACK, OURS, "nothing is signed for it", DialogueStep::goOn, WITHDRAWN)
          // What was put may be at the DCC, whatever it has said.
          .go(SIGNED, TAKEN_BACK, OURS, "put it no more", DialogueStep::goOn, SIGNED_RECALLED)
          .go(ASKED, RECALL, OURS, "put it no more", DialogueStep::goOn, RECALLED)
          .go(SIGNED_RECALLED, PUT_AGAIN, OURS, "put it again", DialogueStep::goOn, SIGNED)
          .go(RECALLED, PUT_AGAIN, OURS, "put it again", DialogueStep::goOn, ASKED)
          .go(RECALLED, TAKEN, "[DUIS schema]", "it was there", DialogueStep::goOn, ACKNOWLEDGED)
          .go(
              SIGNED_RECALLED,
              SIGNED_TAKEN,
              "[DUIS schema]",
              "it was there",
              DialogueStep::goOn,
              SENT)
          .ignore(EnumSet.of(SENT, RECALLED, SIGNED_RECALLED), EnumSet.of(TAKEN_BACK))
          .ignore(
              EnumSet.of(ACKNOWLEDGED, SIGNED, SENT, RECALLED, SIGNED_RECALLED), EnumSet.of(RECALL))
          .ignore(UNRECALLED, EnumSet.of(PUT_AGAIN))
          .ignore(EnumSet.of(ACKNOWLEDGED, SIGNED, SENT, SIGNED_RECALLED), EnumSet.of(TAKEN))
          .ignore(EnumSet.of(ASKED, ACKNOWLEDGED, SENT, RECALLED), EnumSet.of(SIGNED_TAKEN))
          // It was signed once: the same answer again asks for nothing.
          .ignore(
              EnumSet.of(SIGNED, SENT, RECALLED, SIGNED_RECALLED),
              EnumSet.of(PRE_COMMAND, OTHER_PRE_COMMAND))
          .ignore(ENDS, EnumSet.allOf(DialogueStimulus.class))
          .build();

  private DialogueTransitions() {}
}
