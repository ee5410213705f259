// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.headend.capacity.RegionCapacity;

/** Campaigns to look at, between two calls of their machine. */
public final class CampaignView {
  private final Campaigns campaigns;

  CampaignView(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  /** The names of all campaigns, in their order. */
  public List<String> names() {
    return campaigns.all().stream().map(Campaign::name).toList();
  }

  /** What a campaign is to do, if there is one of that name. */
  public Optional<CampaignPlan> plan(String campaign) {
    return campaigns.find(campaign).map(Campaign::plan);
  }

  /** The latest campaign that has a device. */
  public Optional<String> campaignOf(Eui64 device) {
    return campaigns.place(device).map(place -> place.campaign().name());
  }

  /** The region of a device whose update is under way in that campaign. */
  public Optional<String> regionUnderWay(String campaign, Eui64 device) {
    return campaigns
        .place(device)
        .filter(each -> each.campaign().name().equals(campaign))
        .filter(each -> each.entry().state().isUnderWay())
        .map(each -> each.entry().member.cell().region());
  }

  /** How a campaign went on, at so many times up to now. */
  public Optional<CampaignProgress> progress(String campaign, int points, long utcMillis) {
    return campaigns.find(campaign).map(each -> CampaignProgress.of(each, points, utcMillis));
  }

  /** What went over the WAN of regions on that day and later. */
  public CellUse use(Collection<RegionCapacity> regions, long firstDay) {
    return new CellUse(regions, campaigns.all(), firstDay);
  }

  /** Whether a campaign has come to its end, and so has each request of it. */
  public boolean isOver(String campaign) {
    return campaigns.find(campaign).filter(Campaign::isOpen).isEmpty();
  }

  /**
   * When the next request for devices whose update is under way may go out. A campaign that rests
   * lets those that have begun come to their end; one that is stopped does not.
   *
   * @return now, or when a window opens; empty while nothing may go out
   */
  public OptionalLong nextRequest(String campaign, long utcMillis) {
    return campaigns.nextRequest(campaign, utcMillis);
  }
}
