// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.List;
import java.util.Optional;

/**
 * What is due of the waves of a campaign, by how many of their devices are in which state. A
 * campaign that tracks each device and one that only counts them decide by this.
 */
final class Judgement {
  /** Whose waves they are. */
  interface Subject {
    CampaignState state();

    List<Group> groups();

    /**
     * Something happens to a wave.
     *
     * @return whether that changed it
     */
    boolean fire(Group group, GroupStimulus stimulus, long utcMillis);

    /** A wave moved. */
    void waveMoved(Group group, String why);

    /** Something happens to the campaign itself. */
    void fire(CampaignStimulus stimulus, String why, String by);
  }

  private Judgement() {}

  /** Every wave is looked at, also where another one has stopped everything. */
  static void judge(Subject campaign, long utc) {
    if (campaign.state() == CampaignState.CREATED || campaign.state().isFinal()) {
      return;
    }
    for (Group each : campaign.groups()) {
      if (each.hasTooManyFailed() && campaign.fire(each, GroupStimulus.TOO_MANY_FAILED, utc)) {
        String why =
            "group %s: %d of %d that ended have failed, threshold %s"
                .formatted(each.plan().name(), each.failed(), each.ended(), each.plan().error());
        campaign.waveMoved(each, why);
        campaign.fire(CampaignStimulus.TOO_MANY_FAILED, why, "its threshold");
      }
    }
    advance(campaign, utc);
    if (isDone(campaign.groups())) {
      campaign.fire(CampaignStimulus.ALL_ENDED, "each device has its end", "");
    }
  }

  private static void advance(Subject campaign, long utc) {
    boolean isReleased = true;
    for (Group each : campaign.groups()) {
      if (campaign.state() != CampaignState.RUNNING) {
        return;
      }
      if (isReleased && campaign.fire(each, GroupStimulus.TURN, utc)) {
        campaign.waveMoved(each, "its turn");
      }
      for (Optional<GroupStimulus> due = each.due(utc); due.isPresent(); due = each.due(utc)) {
        if (campaign.fire(each, due.get(), utc)) {
          String why =
              due.get() == GroupStimulus.OUT_OF_REACH
                  ? each.missing() + " devices are missing to " + each.plan().success()
                  : due.get().toString();
          campaign.waveMoved(each, why);
        }
      }
      isReleased = each.state() == GroupState.RELEASED;
    }
  }

  /** Whether each device of each wave has its end, and nothing else is waited for. */
  private static boolean isDone(List<Group> groups) {
    return groups.stream()
        .allMatch(
            each ->
                each.open() == 0
                    && (each.state() == GroupState.RELEASED || each.state() == GroupState.SHORT));
  }
}
