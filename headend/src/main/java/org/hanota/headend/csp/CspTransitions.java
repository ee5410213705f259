// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.headend.csp.ConsignmentState.DELIVERED;
import static org.hanota.headend.csp.ConsignmentState.QUEUED;
import static org.hanota.headend.csp.ConsignmentState.RECALLED;
import static org.hanota.headend.csp.ConsignmentState.REFUSED;
import static org.hanota.headend.csp.ConsignmentState.SENT;
import static org.hanota.headend.csp.ConsignmentState.TIMED_OUT;
import static org.hanota.headend.csp.ConsignmentState.UNKNOWN;
import static org.hanota.headend.csp.ConsignmentState.WITHDRAWN;
import static org.hanota.headend.csp.ConsignmentStimulus.REJECTED;
import static org.hanota.headend.csp.ConsignmentStimulus.RETRY_DUE;
import static org.hanota.headend.csp.ConsignmentStimulus.TAKEN;
import static org.hanota.headend.csp.ConsignmentStimulus.TAKEN_BACK;
import static org.hanota.headend.csp.ConsignmentStimulus.TIME_OVER;
import static org.hanota.headend.csp.ConsignmentStimulus.TURN;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/** Every transition of something on its way to a hub: each comes to one end, which is told. */
final class CspTransitions {
  private static final Set<ConsignmentState> OPEN = EnumSet.of(QUEUED, SENT, RECALLED);
  private static final Set<ConsignmentState> UNRECALLED = EnumSet.of(QUEUED, SENT);
  private static final Set<ConsignmentState> AT_HUB = EnumSet.of(SENT, RECALLED);

  static final TransitionTable<ConsignmentState, ConsignmentStimulus, ConsignmentStep> TABLE =
      TransitionTable.<ConsignmentState, ConsignmentStimulus, ConsignmentStep>of(
              ConsignmentState.class, ConsignmentStimulus.class)
          .go(QUEUED, TURN, OURS, "send it", ConsignmentStep::send, SENT)
          .stay(SENT, RETRY_DUE, OURS, "send it again", ConsignmentStep::send)
          .go(SENT, TAKEN_BACK, OURS, "send it no more", ConsignmentStep::recall, RECALLED)
          .go(AT_HUB, TAKEN, OURS, "tell the DSP", ConsignmentStep::end, DELIVERED)
          .go(AT_HUB, REJECTED, OURS, "tell the DSP", ConsignmentStep::end, REFUSED)
          .go(UNRECALLED, TIME_OVER, OURS, "tell the DSP", ConsignmentStep::end, TIMED_OUT)
          .go(RECALLED, TIME_OVER, OURS, "tell the DSP", ConsignmentStep::end, UNKNOWN)
          .go(QUEUED, TAKEN_BACK, OURS, "tell the DSP", ConsignmentStep::end, WITHDRAWN)
          // Whoever has it may act on it: what is under way is not said to be taken back.
          .ignore(EnumSet.of(SENT), EnumSet.of(TURN))
          .ignore(EnumSet.of(RECALLED), EnumSet.of(TURN, RETRY_DUE, TAKEN_BACK))
          .ignore(EnumSet.of(QUEUED), EnumSet.of(RETRY_DUE, TAKEN, REJECTED))
          .ignore(
              EnumSet.complementOf(EnumSet.copyOf(OPEN)), EnumSet.allOf(ConsignmentStimulus.class))
          .build();

  private CspTransitions() {}
}
