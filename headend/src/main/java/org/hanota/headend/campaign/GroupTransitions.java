// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.headend.campaign.GroupState.AT_GATE;
import static org.hanota.headend.campaign.GroupState.FAILED;
import static org.hanota.headend.campaign.GroupState.RELEASED;
import static org.hanota.headend.campaign.GroupState.RUNNING;
import static org.hanota.headend.campaign.GroupState.SHORT;
import static org.hanota.headend.campaign.GroupState.SOAKING;
import static org.hanota.headend.campaign.GroupState.WAITING;
import static org.hanota.headend.campaign.GroupStimulus.ENOUGH;
import static org.hanota.headend.campaign.GroupStimulus.OUT_OF_REACH;
import static org.hanota.headend.campaign.GroupStimulus.RELEASE;
import static org.hanota.headend.campaign.GroupStimulus.RESUMED;
import static org.hanota.headend.campaign.GroupStimulus.SOAKED;
import static org.hanota.headend.campaign.GroupStimulus.TOO_MANY_FAILED;
import static org.hanota.headend.campaign.GroupStimulus.TURN;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/** Every transition of a wave. */
final class GroupTransitions {
  private static final Set<GroupState> GOING = EnumSet.of(RUNNING, SOAKING, AT_GATE, RELEASED);

  static final TransitionTable<GroupState, GroupStimulus, Group> TABLE =
      TransitionTable.<GroupState, GroupStimulus, Group>of(GroupState.class, GroupStimulus.class)
          .go(WAITING, TURN, OURS, "its devices get their turns", Group::begin, RUNNING)
          .go(RUNNING, ENOUGH, OURS, "watch it", Group::soak, SOAKING)
          .go(RUNNING, OUT_OF_REACH, OURS, "say how many are missing", Group::move, SHORT)
          .choose(
              SOAKING,
              SOAKED,
              OURS,
              "the next wave follows, or waits at the gate",
              (group, state) -> group.soaked(),
              EnumSet.of(AT_GATE, RELEASED))
          .go(AT_GATE, RELEASE, OURS, "the next wave follows", Group::move, RELEASED)
          .go(SHORT, RELEASE, OURS, "the next wave follows all the same", Group::move, RELEASED)
          .go(GOING, TOO_MANY_FAILED, OURS, "the campaign stops", Group::move, FAILED)
          .go(SHORT, TOO_MANY_FAILED, OURS, "the campaign stops", Group::move, FAILED)
          .go(FAILED, RESUMED, OURS, "failures count anew", Group::resume, RUNNING)
          .stay(GOING, RESUMED, OURS, "failures count anew", Group::resume)
          .stay(SHORT, RESUMED, OURS, "failures count anew", Group::resume)
          .ignore(EnumSet.complementOf(EnumSet.of(WAITING)), EnumSet.of(TURN))
          .ignore(EnumSet.complementOf(EnumSet.of(RUNNING)), EnumSet.of(ENOUGH, OUT_OF_REACH))
          .ignore(EnumSet.complementOf(EnumSet.of(SOAKING)), EnumSet.of(SOAKED))
          .ignore(EnumSet.complementOf(EnumSet.of(AT_GATE, SHORT)), EnumSet.of(RELEASE))
          .ignore(EnumSet.of(WAITING, FAILED), EnumSet.of(TOO_MANY_FAILED))
          .ignore(EnumSet.of(WAITING), EnumSet.of(RESUMED))
          .build();

  private GroupTransitions() {}
}
