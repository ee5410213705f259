// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.headend.campaign.Member.Cell;

/**
 * Who is next in each region: the earliest turn among the cells that have room. Each call costs the
 * logarithm of the devices of a cell. What it answers follows from states and turns alone, so that
 * a restart changes nothing.
 */
final class Lanes {
  /** A cell with those of its devices that wait. */
  private static final class Lane {
    final Cell cell;
    final PriorityQueue<Entry> waiting = new PriorityQueue<>(Entry.BY_TURN);
    int underWay;

    Lane(Cell cell) {
      this.cell = cell;
    }

    Entry head() {
      return waiting.element();
    }
  }

  /** A region with those of its cells that have room and somebody who waits. */
  private static final class Region {
    final TreeSet<Lane> open =
        new TreeSet<>(
            Comparator.comparing(Lane::head, Entry.BY_TURN).thenComparing(lane -> lane.cell));
    int underWay;
    long period = Long.MIN_VALUE;
    int started;
  }

  private final CampaignPlan.Pace pace;
  private final Map<Cell, Lane> lanes = new TreeMap<>();
  private final Map<String, Region> regions = new TreeMap<>();

  Lanes(CampaignPlan.Pace pace) {
    this.pace = pace;
  }

  private Lane lane(Entry entry) {
    return lanes.computeIfAbsent(entry.member.cell(), Lane::new);
  }

  private Region region(String name) {
    return regions.computeIfAbsent(name, none -> new Region());
  }

  private static String regionOf(Entry entry) {
    return entry.member.cell().region();
  }

  private void change(Lane lane, Runnable how) {
    Region region = region(lane.cell.region());
    if (!lane.waiting.isEmpty()) {
      region.open.remove(lane);
    }
    how.run();
    if (!lane.waiting.isEmpty() && lane.underWay < pace.perCell()) {
      region.open.add(lane);
    }
  }

  /** Somebody waits for its turn, which does not change from here on. */
  void await(Entry entry) {
    Lane lane = lane(entry);
    change(lane, () -> lane.waiting.add(entry));
  }

  /** One more is under way in its cell and region. */
  void begin(Entry entry) {
    Lane lane = lane(entry);
    change(lane, () -> lane.underWay++);
    region(regionOf(entry)).underWay++;
  }

  /** A request went out at that time, whether it is still under way or not. */
  void started(Entry entry, long utcMillis) {
    Region region = region(regionOf(entry));
    long period = Math.floorDiv(utcMillis, pace.periodMillis());
    if (period != region.period) {
      region.period = period;
      region.started = 0;
    }
    region.started++;
  }

  /** One is not under way any more. */
  void end(Entry entry) {
    Lane lane = lane(entry);
    change(lane, () -> lane.underWay--);
    region(regionOf(entry)).underWay--;
  }

  /** Those who wait in {@code region} and may go now, the first of them; it waits no more. */
  Optional<Entry> take(String name, long utcMillis) {
    Region region = region(name);
    if (open(name, utcMillis) > utcMillis) {
      return Optional.empty();
    }
    Lane lane = region.open.first();
    Entry entry = lane.head();
    change(lane, lane.waiting::remove);
    return Optional.of(entry);
  }

  /** When somebody of a region may go, if nothing ends before; never is the largest number. */
  long open(String name, long utcMillis) {
    Region region = region(name);
    forgetThoseThatNeedNothing(region);
    if (region.open.isEmpty() || region.underWay >= pace.perRegion()) {
      return Long.MAX_VALUE;
    }
    long due = Math.max(utcMillis, region.open.first().head().dueUtcMillis());
    boolean isSpent =
        region.period == Math.floorDiv(due, pace.periodMillis())
            && region.started >= pace.startsPerPeriod();
    return isSpent ? (region.period + 1) * pace.periodMillis() : due;
  }

  /** Devices that got the version otherwise while they waited. */
  private void forgetThoseThatNeedNothing(Region region) {
    while (!region.open.isEmpty() && !region.open.first().head().state().isWaiting()) {
      Lane lane = region.open.first();
      change(lane, lane.waiting::remove);
    }
  }

  /** Every region, in the order of their names. */
  Iterable<String> regions() {
    return regions.keySet();
  }

  /** Why nobody of that group goes in any region, if one waits there. */
  Optional<WaitReason> reason(long utcMillis) {
    Optional<WaitReason> found = Optional.empty();
    for (String name : regions.keySet()) {
      Region region = region(name);
      boolean isWaiting =
          lanes.values().stream()
              .anyMatch(each -> each.cell.region().equals(name) && !each.waiting.isEmpty());
      if (!isWaiting) {
        continue;
      }
      WaitReason here;
      if (region.underWay >= pace.perRegion()) {
        here = WaitReason.of(WaitReason.Kind.REGION_FULL, name);
      } else if (region.open.isEmpty()) {
        here = WaitReason.of(WaitReason.Kind.CELLS_FULL, name);
      } else if (region.open.first().head().dueUtcMillis() > utcMillis) {
        here =
            new WaitReason(
                WaitReason.Kind.TURN_LATER, name, region.open.first().head().dueUtcMillis());
      } else {
        here = new WaitReason(WaitReason.Kind.RATE_USED, name, open(name, utcMillis));
      }
      if (found.isEmpty()) {
        found = Optional.of(here);
      }
    }
    return found;
  }
}
