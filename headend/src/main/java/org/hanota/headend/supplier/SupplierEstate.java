// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.Collection;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.Member;

/** Port: what a supplier knows of its devices and of images when a campaign is created. */
public interface SupplierEstate {
  /** Every device of the supplier to which an image can be sent, in any order. */
  Collection<Member> members();

  /** Whether the image may be used now: the Central Products List has it. */
  boolean isListed(CampaignPlan.Target target);
}
