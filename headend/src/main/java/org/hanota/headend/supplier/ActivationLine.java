// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.supplier.CampaignRecords.Activation;

/**
 * Devices of one campaign whose 11.3 is to go, by region: a region gets no more of them in a period
 * than of 11.1. What it answers costs as much as goes out, however many wait.
 */
final class ActivationLine {
  private static final class Region {
    final NavigableMap<Eui64, Activation> waiting = new TreeMap<>();

    /** How many went out at which time; of the current period and not much longer. */
    final NavigableMap<Long, Integer> sent = new TreeMap<>();

    long room(CampaignPlan.Pace pace, long utcMillis) {
      long begun = Math.floorDiv(utcMillis, pace.periodMillis()) * pace.periodMillis();
      sent.headMap(begun, false).clear();
      return pace.startsPerPeriod() - sent.values().stream().mapToLong(Integer::longValue).sum();
    }
  }

  private final Map<String, Region> regions = new TreeMap<>();

  private Region region(Activation each) {
    return regions.computeIfAbsent(each.region(), none -> new Region());
  }

  /** One waits, or went out. */
  void add(Activation each) {
    if (each.request().isEmpty()) {
      region(each).waiting.put(each.device(), each);
    } else {
      region(each).sent.merge(each.askedUtcMillis(), 1, Integer::sum);
    }
  }

  /** One waits no more; that it went out is not forgotten. */
  void remove(Activation each) {
    region(each).waiting.remove(each.device());
  }

  /** Those that may go now, at most so many, in the order of regions and devices. */
  List<Activation> due(CampaignPlan.Pace pace, long utcMillis, long most) {
    List<Activation> all = new ArrayList<>();
    for (Region region : regions.values()) {
      long here = Math.min(region.room(pace, utcMillis), most - all.size());
      region.waiting.values().stream().limit(Math.max(0, here)).forEach(all::add);
    }
    return all;
  }

  /** When the next may go, from that time on; never is the largest number. */
  long nextUtcMillis(CampaignPlan.Pace pace, long utcMillis) {
    long next = Long.MAX_VALUE;
    for (Region region : regions.values()) {
      if (!region.waiting.isEmpty()) {
        boolean isRoom = region.room(pace, utcMillis) > 0;
        long period = Math.floorDiv(utcMillis, pace.periodMillis());
        next = Math.min(next, isRoom ? utcMillis : (period + 1) * pace.periodMillis());
      }
    }
    return next;
  }

  /** Those that wait. */
  List<Eui64> waiting() {
    return regions.values().stream().flatMap(each -> each.waiting.keySet().stream()).toList();
  }
}
