// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hanota.headend.capacity.CapacityAnswer;

/** What must hold before a campaign goes on. [hanota H163] */
final class Resumption {
  private Resumption() {}

  /**
   * Why a campaign may not go on, if anything is in the way: the WAN has no room for what is under
   * way and for as many more as the word allows.
   */
  static Optional<String> refusal(
      Campaign campaign, long devices, CampaignWorld world, long utcMillis) {
    if (devices < 1) {
      return Optional.of("devices is " + devices + ", allowed 1 and more");
    }
    if (campaign.state().isFinal() || campaign.state() == CampaignState.CREATED) {
      return Optional.empty();
    }
    List<Member> members =
        Stream.concat(
                campaign.underWay().stream(),
                campaign.entries().filter(each -> each.state().isWaiting()).limit(devices))
            .map(each -> each.member)
            .toList();
    CapacityAnswer answer = world.capacity(campaign.plan(), members, utcMillis);
    if (answer instanceof CapacityAnswer.NotNow later) {
      return Optional.of(
          "the WAN has no room before " + Instant.ofEpochMilli(later.earliestUtcMillis()));
    }
    return answer instanceof CapacityAnswer.No never
        ? Optional.of("the WAN has no room: " + never.reason())
        : Optional.empty();
  }
}
