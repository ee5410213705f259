// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.headend.capacity.RegionCapacity;

/**
 * What campaigns have sent over the WAN since a day, by region and day: octets in the cell that got
 * most, one image for each device whose last request went out on that day. [hanota H164]
 */
public final class CellUse {
  private static final long DAY_MILLIS = 86_400_000;

  private final Map<String, RegionCapacity> regions = new TreeMap<>();

  /** Octets by cell and day; looked up only. */
  private final Map<Member.Cell, Map<Long, Long>> cells = new HashMap<>();

  private final Map<String, Map<Long, Long>> busiest = new TreeMap<>();

  CellUse(Collection<RegionCapacity> regions, Iterable<Campaign> campaigns, long firstDay) {
    regions.forEach(each -> this.regions.put(each.name(), each));
    for (Campaign campaign : campaigns) {
      for (Group group : campaign.groups()) {
        for (Entry each : group.entries()) {
          long day = Math.floorDiv(each.orderedUtcMillis(), DAY_MILLIS);
          if (each.orderedUtcMillis() > 0 && day >= firstDay) {
            add(each.member.cell(), day, campaign.plan().target().octets());
          }
        }
      }
    }
  }

  private void add(Member.Cell cell, long day, long fileOctets) {
    RegionCapacity region = regions.get(cell.region());
    if (region != null) {
      long sum =
          cells
              .computeIfAbsent(cell, none -> new HashMap<>())
              .merge(day, region.octets(fileOctets), Long::sum);
      busiest.computeIfAbsent(region.name(), none -> new TreeMap<>()).merge(day, sum, Math::max);
    }
  }

  /** Octets in the cell of a region that got most on that day. */
  public long octets(String region, long day) {
    return busiest.getOrDefault(region, Map.of()).getOrDefault(day, 0L);
  }
}
