// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.hanota.api.machine.Now;
import org.hanota.headend.campaign.CampaignProgress;
import org.hanota.headend.campaign.CellUse;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.headend.supplier.CampaignSupplier;

/** What the page's charts are drawn from; times in seconds since 1970, UTC. */
final class ChartsJson {
  private static final long DAY_MILLIS = 86_400_000;
  private static final int DAYS_BEFORE = 6;
  private static final int DAYS_AFTER = 7;
  private static final int POINTS = 120;

  private ChartsJson() {}

  /** Progress of one campaign, and of each region what is promised and used by day. */
  static ObjectNode of(CampaignSupplier machine, String campaign, Now now) {
    ObjectNode out = CampaignJson.object();
    out.put("campaign", campaign);
    machine
        .campaigns()
        .view()
        .progress(campaign, POINTS, now.utcMillis())
        .ifPresent(each -> progress(out.putObject("progress"), each));
    ObjectNode capacity = out.putObject("capacity");
    long first = Math.floorDiv(now.utcMillis(), DAY_MILLIS) - DAYS_BEFORE;
    long last = first + DAYS_BEFORE + DAYS_AFTER;
    capacity.put("today", DAYS_BEFORE);
    ArrayNode days = capacity.putArray("days");
    for (long day = first; day <= last; day++) {
      days.add(day * DAY_MILLIS / 1_000);
    }
    ArrayNode regions = capacity.putArray("regions");
    CellUse use = machine.campaigns().view().use(machine.capacity().regions(), first);
    for (RegionCapacity region : machine.capacity().regions()) {
      ObjectNode each = regions.addObject();
      each.put("region", region.name()).put("cellOctetsPerDay", region.dayOctets());
      ArrayNode promised = each.putArray("promised");
      ArrayNode used = each.putArray("used");
      for (long day = first; day <= last; day++) {
        promised.add(machine.capacity().promised(region.name(), day));
        used.add(use.octets(region.name(), day));
      }
    }
    return out;
  }

  private static void progress(ObjectNode out, CampaignProgress progress) {
    ArrayNode times = out.putArray("times");
    progress.utcMillis().forEach(each -> times.add(each / 1_000.0));
    numbers(out.putArray("put"), progress.put());
    numbers(out.putArray("updated"), progress.updated());
    numbers(out.putArray("notUpdated"), progress.notUpdated());
  }

  private static void numbers(ArrayNode out, List<Long> values) {
    values.forEach(out::add);
  }
}
