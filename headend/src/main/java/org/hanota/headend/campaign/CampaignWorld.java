// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Collection;
import org.hanota.headend.capacity.CapacityAnswer;

/**
 * Port: what a campaign asks when it is created. Where it throws, the call of the machine fails and
 * nothing is kept.
 */
public interface CampaignWorld {
  /** Every device of the user, in any order; one that is there twice refuses the campaign. */
  Collection<Member> members();

  /** Whether the image may be used now: the Central Products List has it. */
  boolean isListed(CampaignPlan.Target target);

  /**
   * Whether the WAN has room.
   *
   * @param plan the campaign
   * @param devices those that get the image
   * @param utcMillis when it would begin
   */
  CapacityAnswer capacity(CampaignPlan plan, Collection<Member> devices, long utcMillis);
}
