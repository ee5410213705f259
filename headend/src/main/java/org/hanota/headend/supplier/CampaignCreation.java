// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import org.hanota.api.Octets;
import org.hanota.api.machine.Input;
import org.hanota.headend.campaign.CampaignPlan;

/**
 * A new campaign with its image.
 *
 * @param plan the campaign
 * @param file the whole upgrade file, as its devices get it
 * @param by who creates it
 */
public record CampaignCreation(CampaignPlan plan, Octets file, String by) implements Input {}
