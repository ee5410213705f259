// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.machine.TransitionTable;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;
import org.jspecify.annotations.Nullable;

/** A wave of a campaign, in memory: its state and how many devices are in which. */
final class Group {
  private final GroupPlan plan;
  private final int number;
  private final TransitionTable<GroupState, GroupStimulus, Group> table;
  private final Map<DeviceState, Long> counts = new EnumMap<>(DeviceState.class);
  private final List<Entry> entries = new ArrayList<>();
  private GroupState state = GroupState.WAITING;
  private long sinceUtcMillis;
  private long soakedUtcMillis;
  private long endedBefore;
  private long failedBefore;
  private String by = "";
  private boolean isMoved;
  private long nowUtcMillis;

  Group(GroupPlan plan, int number, TransitionTable<GroupState, GroupStimulus, Group> table) {
    this.plan = plan;
    this.table = table;
    this.number = number;
  }

  GroupPlan plan() {
    return plan;
  }

  int number() {
    return number;
  }

  List<Entry> entries() {
    return entries;
  }

  GroupState state() {
    return state;
  }

  long sinceUtcMillis() {
    return sinceUtcMillis;
  }

  /** When it has been watched long enough; meaningless unless it is soaking. */
  long soakedUtcMillis() {
    return soakedUtcMillis;
  }

  void enrol(Entry entry) {
    entries.add(entry);
    counts.merge(DeviceState.WAITING, 1L, Long::sum);
  }

  void count(DeviceState from, DeviceState to) {
    count(from, to, 1);
  }

  /** So many devices go from a state to another; from none where they are new. */
  void count(@Nullable DeviceState from, DeviceState to, long devices) {
    if (from != null) {
      counts.merge(from, -devices, Long::sum);
    }
    counts.merge(to, devices, Long::sum);
  }

  /** Whether a device that comes later belongs to it. */
  boolean takesLater(Member member) {
    return plan.size() instanceof GroupSize.All && plan.query().matches(member);
  }

  long of(DeviceState each) {
    return counts.getOrDefault(each, 0L);
  }

  long waiting() {
    return of(DeviceState.WAITING) + of(DeviceState.DEFERRED);
  }

  long underWay() {
    return of(DeviceState.ORDERED) + of(DeviceState.REQUESTED) + of(DeviceState.HELD);
  }

  long updated() {
    return of(DeviceState.UPDATED);
  }

  long failed() {
    long sum = 0;
    for (DeviceState each : DeviceState.values()) {
      sum += each.isFailure() ? of(each) : 0;
    }
    return sum;
  }

  long ended() {
    return updated() + failed();
  }

  long open() {
    return waiting() + underWay();
  }

  boolean hasTooManyFailed() {
    return plan.error().isMet(failed() - failedBefore, ended() - endedBefore);
  }

  /** Which of its own stimuli is due, if any. */
  Optional<GroupStimulus> due(long utcMillis) {
    if (state == GroupState.RUNNING && (open() == 0 && ended() == 0)) {
      // Whoever was in it had the version already.
      return Optional.of(GroupStimulus.ENOUGH);
    }
    if (state == GroupState.RUNNING && plan.success().isMet(updated(), ended())) {
      return Optional.of(GroupStimulus.ENOUGH);
    }
    if (state == GroupState.RUNNING && !plan.success().isWithinReach(updated(), ended(), open())) {
      return Optional.of(GroupStimulus.OUT_OF_REACH);
    }
    if (state == GroupState.SOAKING && utcMillis >= soakedUtcMillis) {
      return Optional.of(GroupStimulus.SOAKED);
    }
    return Optional.empty();
  }

  long missing() {
    return plan.success().missing(updated(), ended(), open());
  }

  /**
   * Something happens to it.
   *
   * @return whether it is to be kept
   */
  boolean fire(GroupStimulus stimulus, long utcMillis) {
    isMoved = false;
    nowUtcMillis = utcMillis;
    state = table.fire(state, stimulus, this);
    return isMoved;
  }

  /** The same, by hand. */
  boolean release(String who, long utcMillis) {
    boolean isKept = fire(GroupStimulus.RELEASE, utcMillis);
    if (isKept) {
      by = who;
    }
    return isKept;
  }

  void begin() {
    sinceUtcMillis = nowUtcMillis;
    move();
  }

  void soak() {
    soakedUtcMillis = nowUtcMillis + plan.soakMillis();
    move();
  }

  GroupState soaked() {
    move();
    return plan.isGated() ? GroupState.AT_GATE : GroupState.RELEASED;
  }

  void resume() {
    endedBefore = ended();
    failedBefore = failed();
    move();
  }

  void move() {
    isMoved = true;
  }

  void load(Records.Wave kept) {
    state = kept.state();
    sinceUtcMillis = kept.sinceUtcMillis();
    soakedUtcMillis = kept.soakedUtcMillis();
    endedBefore = kept.endedBefore();
    failedBefore = kept.failedBefore();
    by = kept.by();
  }

  Records.Wave record(String campaign) {
    return new Records.Wave(
        campaign, number, state, sinceUtcMillis, soakedUtcMillis, endedBefore, failedBefore, by);
  }

  Map<DeviceState, Long> counts() {
    return new EnumMap<>(counts);
  }
}
