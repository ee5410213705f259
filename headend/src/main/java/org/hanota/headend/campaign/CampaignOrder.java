// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import org.hanota.api.machine.ToWan;
import org.hanota.headend.campaign.CampaignPlan.Target;

/** What a campaign has for its supplier's system. */
public sealed interface CampaignOrder extends ToWan {
  /** The campaign. */
  String campaign();

  /**
   * Request the image for one device. Campaign, device and hash name it: the same again after a
   * restart asks for nothing new.
   *
   * @param isAgain whether the order was kept before the restart that follows it
   */
  record Update(String campaign, Member member, Target target, boolean isAgain)
      implements CampaignOrder {}

  /** Call back what has not left the DCC; nothing may go out. It may come more than once. */
  record Halt(String campaign, Target target) implements CampaignOrder {}
}
