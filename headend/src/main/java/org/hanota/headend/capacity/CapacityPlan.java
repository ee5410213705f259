// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.capacity;

import static org.hanota.headend.capacity.CapacityParameter.CRITICAL_LIMIT;
import static org.hanota.headend.capacity.CapacityParameter.FARTHEST_SLOT;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.Stored;

/**
 * What each region's WAN has promised to campaigns, by day. A campaign that does not fit is refused
 * with the earliest slot; one that never fits is refused for good. [hanota H94]
 */
public final class CapacityPlan {
  private static final long DAY_MILLIS = 86_400_000;

  private final Map<String, RegionCapacity> regions = new TreeMap<>();
  private final Map<String, Map<Long, Long>> promised = new TreeMap<>();
  private final Map<String, List<Booking>> bookings = new TreeMap<>();
  private final Changes changes;

  /** Has promised nothing yet. */
  public CapacityPlan(Collection<RegionCapacity> regions, Changes changes) {
    regions.forEach(each -> this.regions.put(each.name(), each));
    this.changes = changes;
  }

  /** Takes a record that was kept, if it is one of these. */
  public boolean load(Stored record) {
    if (!(record instanceof Booking booking)) {
      return false;
    }
    promised
        .computeIfAbsent(booking.region(), none -> new TreeMap<>())
        .merge(booking.day(), booking.cellOctets(), Long::sum);
    bookings.computeIfAbsent(booking.campaign(), none -> new ArrayList<>()).add(booking);
    return true;
  }

  /** What is free for a campaign: its own promises are in nobody's way. */
  private long free(String campaign, RegionCapacity region, long day) {
    long own =
        bookings.getOrDefault(campaign, List.of()).stream()
            .filter(each -> each.region().equals(region.name()) && each.day() == day)
            .mapToLong(Booking::cellOctets)
            .sum();
    return Math.max(0, region.dayOctets() - promised(region.name(), day) + own);
  }

  /**
   * What is asked for.
   *
   * @param fileOctets size of the image
   * @param homes homes that get it, by region
   * @param fromUtcMillis when it would begin
   * @param untilUtcMillis when it must be done
   */
  public record Wanted(
      long fileOctets, Map<String, Long> homes, long fromUtcMillis, long untilUtcMillis) {
    /** Keeps a copy of the map. */
    public Wanted {
      homes = new TreeMap<>(homes);
    }

    private long days() {
      return Math.max(1, -Math.floorDiv(fromUtcMillis - untilUtcMillis, DAY_MILLIS));
    }
  }

  /** Octets in each cell of a region, all of whose homes may be asked for at once. */
  private static long cellOctets(RegionCapacity region, Wanted wanted, long homes) {
    return Math.multiplyExact(region.octets(wanted.fileOctets()), Math.min(homes, region.homes()));
  }

  /** Whether the WAN has room for a campaign, beside what it has promised to others. */
  public CapacityAnswer answer(String campaign, Wanted wanted) {
    long from = Math.floorDiv(wanted.fromUtcMillis(), DAY_MILLIS);
    long start = from;
    long end = from;
    for (Map.Entry<String, Long> each : wanted.homes().entrySet()) {
      RegionCapacity region = regions.get(each.getKey());
      if (region == null) {
        return new CapacityAnswer.No(
            "region " + each.getKey() + ", allowed " + String.join(", ", regions.keySet()));
      }
      long delay = region.criticalDelayMillis();
      long limit = region.parameters().get(CRITICAL_LIMIT);
      if (delay > limit) {
        return new CapacityAnswer.No(
            "%s: a packet of firmware delays a critical command by %d ms, allowed %d"
                .formatted(region.name(), delay, limit));
      }
      long octets = cellOctets(region, wanted, each.getValue());
      if (octets > Math.multiplyExact(region.dayOctets(), wanted.days())) {
        return new CapacityAnswer.No(
            "%s: %d octets in a cell within %d days, and %d fit if nothing else is there"
                .formatted(
                    region.name(), octets, wanted.days(), region.dayOctets() * wanted.days()));
      }
      long slot = slot(campaign, region, octets, from, wanted.days());
      if (slot > from + region.parameters().get(FARTHEST_SLOT)) {
        return new CapacityAnswer.No(
            region.name() + ": no slot in " + region.parameters().get(FARTHEST_SLOT) + " days");
      }
      start = Math.max(start, slot);
      end = Math.max(end, last(campaign, region, octets, slot));
    }
    return start == from
        ? new CapacityAnswer.Fits(Math.min(wanted.untilUtcMillis(), (end + 1) * DAY_MILLIS))
        : new CapacityAnswer.NotNow(start * DAY_MILLIS);
  }

  /** The first day from which so many octets fit into so many days. */
  private long slot(String campaign, RegionCapacity region, long octets, long from, long days) {
    long farthest = from + region.parameters().get(FARTHEST_SLOT);
    long sum = 0;
    for (long day = from; day < from + days; day++) {
      sum += free(campaign, region, day);
    }
    long day = from;
    while (sum < octets && day <= farthest) {
      sum += free(campaign, region, day + days) - free(campaign, region, day);
      day++;
    }
    return sum >= octets ? day : farthest + 1;
  }

  /** The day on which the last of so many octets goes. */
  private long last(String campaign, RegionCapacity region, long octets, long from) {
    long left = octets;
    long day = from;
    while (left > free(campaign, region, day)) {
      left -= free(campaign, region, day);
      day++;
    }
    return day;
  }

  /**
   * Promises room for a campaign, as early as it fits, instead of what it was promised before.
   *
   * @return the answer; nothing is promised unless it fits
   */
  public CapacityAnswer book(String campaign, Wanted wanted) {
    CapacityAnswer answer = answer(campaign, wanted);
    if (answer instanceof CapacityAnswer.Fits) {
      release(campaign, wanted.fromUtcMillis());
      long from = Math.floorDiv(wanted.fromUtcMillis(), DAY_MILLIS);
      for (RegionCapacity region : regions.values()) {
        long homes = wanted.homes().getOrDefault(region.name(), 0L);
        long left = cellOctets(region, wanted, homes);
        for (long day = from; left > 0; day++) {
          long part = Math.min(left, free(campaign, region, day));
          left -= part;
          if (part > 0) {
            Booking booking = new Booking(campaign, region.name(), day, part);
            load(booking);
            changes.put(booking);
          }
        }
      }
    }
    return answer;
  }

  /**
   * A campaign has ended or was stopped: what it was promised from that time on is free. What was
   * promised before is to look at until this object ends.
   */
  public void release(String campaign, long utcMillis) {
    long today = Math.floorDiv(utcMillis, DAY_MILLIS);
    for (Booking each : bookings.getOrDefault(campaign, List.of())) {
      if (each.day() >= today) {
        promised
            .getOrDefault(each.region(), Map.of())
            .computeIfPresent(each.day(), (day, used) -> used - each.cellOctets());
      }
      changes.remove(each.key());
    }
    bookings.remove(campaign);
  }

  /** What each region carries. */
  public Collection<RegionCapacity> regions() {
    return List.copyOf(regions.values());
  }

  /** Octets of firmware in each cell of a region that are promised on that day. */
  public long promised(String region, long day) {
    return promised.getOrDefault(region, Map.of()).getOrDefault(day, 0L);
  }
}
