// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.hanota.api.machine.TransitionTable.OURS;
import static org.hanota.headend.campaign.CampaignState.CANCELLED;
import static org.hanota.headend.campaign.CampaignState.COMPLETED;
import static org.hanota.headend.campaign.CampaignState.CREATED;
import static org.hanota.headend.campaign.CampaignState.EXPIRED;
import static org.hanota.headend.campaign.CampaignState.PAUSED;
import static org.hanota.headend.campaign.CampaignState.RUNNING;
import static org.hanota.headend.campaign.CampaignState.STOPPED;
import static org.hanota.headend.campaign.CampaignStimulus.ALLOWANCE_USED;
import static org.hanota.headend.campaign.CampaignStimulus.ALL_ENDED;
import static org.hanota.headend.campaign.CampaignStimulus.CANCEL;
import static org.hanota.headend.campaign.CampaignStimulus.IMAGE_WITHDRAWN;
import static org.hanota.headend.campaign.CampaignStimulus.INCONSISTENT;
import static org.hanota.headend.campaign.CampaignStimulus.PAUSE;
import static org.hanota.headend.campaign.CampaignStimulus.RESUME;
import static org.hanota.headend.campaign.CampaignStimulus.START;
import static org.hanota.headend.campaign.CampaignStimulus.STOP;
import static org.hanota.headend.campaign.CampaignStimulus.TIME_OVER;
import static org.hanota.headend.campaign.CampaignStimulus.TOO_MANY_FAILED;

import java.util.EnumSet;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;

/** Every transition of a campaign. A stop is taken in every state that is no end. */
final class CampaignTransitions {
  private static final Set<CampaignState> ENDS = EnumSet.of(COMPLETED, CANCELLED, EXPIRED);
  private static final Set<CampaignState> OPEN = EnumSet.complementOf(EnumSet.copyOf(ENDS));
  private static final Set<CampaignState> STARTED = EnumSet.of(RUNNING, PAUSED, STOPPED);
  private static final Set<CampaignState> GOING = EnumSet.of(CREATED, RUNNING, PAUSED);

  static final TransitionTable<CampaignState, CampaignStimulus, CampaignStep> TABLE =
      TransitionTable.<CampaignState, CampaignStimulus, CampaignStep>of(
              CampaignState.class, CampaignStimulus.class)
          .go(CREATED, START, OURS, "the first wave begins", CampaignStep::move, RUNNING)
          .go(RUNNING, PAUSE, OURS, "no request goes out", CampaignStep::move, PAUSED)
          .go(
              EnumSet.of(PAUSED, STOPPED),
              RESUME,
              OURS,
              "so many requests go out as the word says",
              CampaignStep::move,
              RUNNING)
          .stay(RUNNING, RESUME, OURS, "the new size is what counts", CampaignStep::move)
          .go(GOING, STOP, OURS, "no request goes out", CampaignStep::halt, STOPPED)
          .stay(STOPPED, STOP, OURS, "say once more that it is stopped", CampaignStep::halt)
          .go(OPEN, CANCEL, OURS, "it is given up", CampaignStep::halt, CANCELLED)
          .go(OPEN, IMAGE_WITHDRAWN, OURS, "it is given up", CampaignStep::halt, CANCELLED)
          .go(
              EnumSet.of(RUNNING, PAUSED),
              TOO_MANY_FAILED,
              OURS,
              "no request goes out",
              CampaignStep::halt,
              STOPPED)
          .go(GOING, INCONSISTENT, OURS, "no request goes out", CampaignStep::halt, STOPPED)
          .go(RUNNING, ALLOWANCE_USED, OURS, "wait for the next word", CampaignStep::move, PAUSED)
          .go(STARTED, ALL_ENDED, OURS, "it is done", CampaignStep::move, COMPLETED)
          .go(OPEN, TIME_OVER, OURS, "who had no turn gets none", CampaignStep::halt, EXPIRED)
          .ignore(STARTED, EnumSet.of(START))
          .ignore(EnumSet.of(CREATED, PAUSED, STOPPED), EnumSet.of(PAUSE))
          .ignore(EnumSet.of(CREATED), EnumSet.of(RESUME, TOO_MANY_FAILED, ALL_ENDED))
          .ignore(EnumSet.of(STOPPED), EnumSet.of(TOO_MANY_FAILED, INCONSISTENT))
          .ignore(EnumSet.of(CREATED, PAUSED, STOPPED), EnumSet.of(ALLOWANCE_USED))
          .ignore(ENDS, EnumSet.allOf(CampaignStimulus.class))
          .build();

  private CampaignTransitions() {}
}
