// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.List;

/**
 * A campaign whose waves are judged, and what that leads to.
 *
 * @param waves hears which wave moved
 * @param moves hears how the campaign moved
 */
record JudgedCampaign(Campaign campaign, Waves waves, Moves moves) implements Judgement.Subject {
  /** Hears of waves. */
  interface Waves {
    void moved(Campaign campaign, Group group, String why);
  }

  /** Hears of the campaign. */
  interface Moves {
    void moved(Campaign campaign, CampaignStep step);
  }

  @Override
  public CampaignState state() {
    return campaign.state();
  }

  @Override
  public List<Group> groups() {
    return campaign.groups();
  }

  @Override
  public boolean fire(Group group, GroupStimulus stimulus, long utcMillis) {
    return campaign.fire(group, stimulus, utcMillis);
  }

  @Override
  public void waveMoved(Group group, String why) {
    waves.moved(campaign, group, why);
  }

  @Override
  public void fire(CampaignStimulus stimulus, String why, String by) {
    moves.moved(campaign, campaign.fire(stimulus, why, by));
  }
}
