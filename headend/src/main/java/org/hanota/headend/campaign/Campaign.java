// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;
import org.hanota.headend.store.Changes;

/** A campaign in memory: its state, its waves and who is next. */
final class Campaign {
  /** Any number of requests. */
  static final long NO_LIMIT = Long.MAX_VALUE;

  private final CampaignPlan plan;
  private final Tables tables;
  private final Changes changes;
  private final List<Group> groups = new ArrayList<>();
  private final TreeSet<Entry> underWay = new TreeSet<>(Entry.BY_ORDER);
  private Lanes lanes;
  private CampaignState state = CampaignState.CREATED;
  private String reason = "";
  private String by = "";
  private long allowance = NO_LIMIT;
  private int lists;
  private long lastEndUtcMillis;
  private Optional<Iterator<Entry>> forgetting = Optional.empty();
  private final List<Records.Enrolled> lastList = new ArrayList<>();

  Campaign(CampaignPlan plan, Tables tables, Changes changes) {
    this.plan = plan;
    this.tables = tables;
    this.changes = changes;
    this.lanes = new Lanes(plan.pace());
    for (GroupPlan each : plan.groups()) {
      groups.add(new Group(each, groups.size(), tables.group()));
    }
  }

  CampaignPlan plan() {
    return plan;
  }

  String name() {
    return plan.name();
  }

  CampaignState state() {
    return state;
  }

  String reason() {
    return reason;
  }

  String by() {
    return by;
  }

  long allowance() {
    return allowance;
  }

  List<Group> groups() {
    return groups;
  }

  /** Every device, wave by wave. */
  Stream<Entry> entries() {
    return groups.stream().flatMap(each -> each.entries().stream());
  }

  /** Devices to which a request is under way, the earliest first. */
  SortedSet<Entry> underWay() {
    return underWay;
  }

  Lanes lanes() {
    return lanes;
  }

  /** Whether a request may go out at all. */
  boolean isSending() {
    return state == CampaignState.RUNNING && allowance > 0;
  }

  /** Whether it waits for reports or for its time. */
  boolean isOpen() {
    return !state.isFinal() || !underWay.isEmpty();
  }

  /** Whether a device that comes now may join. */
  boolean isOpenFor(Member member) {
    return plan.isOpen() && !state.isFinal() && !Admission.runs(plan, member);
  }

  /** Keeps a new campaign with its devices. */
  List<Entry> create(List<Records.Enrolled> enrolled, String who) {
    by = who;
    changes.put(new Records.Created(plan));
    keep();
    groups.forEach(each -> changes.put(each.record(name())));
    return enrol(enrolled);
  }

  /** Devices are in it from here on. */
  List<Entry> enrol(List<Records.Enrolled> members) {
    for (Records.Enrolled each : members) {
      if (lists == 0 || lastList.size() == Records.Members.LARGEST) {
        lists++;
        lastList.clear();
      }
      lastList.add(each);
      if (lastList.size() == Records.Members.LARGEST) {
        changes.put(new Records.Members(name(), lists, lastList));
      }
    }
    if (!members.isEmpty()) {
      changes.put(new Records.Members(name(), lists, lastList));
    }
    return members.stream().map(this::add).toList();
  }

  private Entry add(Records.Enrolled each) {
    Group group = groups.get(each.group());
    Entry entry = new Entry(each.member(), group);
    group.enrol(entry);
    return entry;
  }

  /** Devices that were kept, in the order of their lists. */
  List<Entry> load(Records.Members kept) {
    lists = Math.max(lists, kept.number());
    if (kept.number() == lists) {
      lastList.clear();
      lastList.addAll(kept.members());
    }
    return kept.members().stream().map(this::add).toList();
  }

  void load(Records.Position kept) {
    state = kept.state();
    reason = kept.reason();
    by = kept.by();
    allowance = kept.allowance();
  }

  /** All that was kept is there: who is under way, and whose turn is when. */
  void loaded() {
    entries().forEach(each -> lastEndUtcMillis = Math.max(lastEndUtcMillis, each.endedUtcMillis()));
    entries().filter(each -> each.state().isUnderWay()).forEach(underWay::add);
    rebuild();
  }

  /** Who waits has changed for many: waves have begun or were held. */
  private void rebuild() {
    lanes = new Lanes(plan.pace());
    entries()
        .filter(each -> each.orderedUtcMillis() > 0)
        .sorted(Entry.BY_ORDER)
        .forEach(
            each -> {
              lanes.started(each, each.orderedUtcMillis());
              if (each.state().isUnderWay()) {
                lanes.begin(each);
              }
            });
    groups.forEach(this::queue);
  }

  private void queue(Group group) {
    if (!group.state().isGoing()) {
      return;
    }
    group.entries().forEach(this::await);
  }

  private void await(Entry each) {
    if (each.state() == DeviceState.WAITING) {
      each.spread(plan, each.group.sinceUtcMillis());
    }
    if (each.state().isWaiting()) {
      lanes.await(each);
    }
  }

  /** A device that joins a wave that is going. */
  void joins(Entry entry) {
    if (entry.group.state().isGoing()) {
      await(entry);
    }
  }

  /**
   * Something happens to it.
   *
   * @param why the reason
   * @param who who or what did it
   * @return what the table asked for
   */
  CampaignStep fire(CampaignStimulus stimulus, String why, String who) {
    CampaignStep step = new CampaignStep();
    CampaignState before = state;
    state = tables.campaign().fire(state, stimulus, step);
    if (step.isMoved()) {
      if (state != before) {
        reason = why;
        by = who;
      }
      keep();
    }
    return step;
  }

  /** So many requests may go out before it rests. */
  void allow(long devices) {
    allowance = devices;
    keep();
  }

  private void keep() {
    changes.put(new Records.Position(name(), state, reason, by, allowance));
  }

  /**
   * Something happens to a wave.
   *
   * @return whether that changed it
   */
  boolean fire(Group group, GroupStimulus stimulus, long utcMillis) {
    return moved(group, group.state(), group.fire(stimulus, utcMillis));
  }

  /** A person lets the next wave follow. */
  boolean release(Group group, String who, long utcMillis) {
    return moved(group, group.state(), group.release(who, utcMillis));
  }

  private boolean moved(Group group, GroupState before, boolean isKept) {
    if (isKept) {
      changes.put(group.record(name()));
      if (!before.isGoing() && group.state().isGoing()) {
        queue(group);
      } else if (before.isGoing() && !group.state().isGoing()) {
        rebuild();
      }
    }
    return isKept;
  }

  /**
   * Something happens to a device.
   *
   * @param why the reason
   * @param utcMillis now; where it is deferred, until then
   */
  DeviceStep fire(Entry entry, DeviceStimulus stimulus, String why, long utcMillis) {
    DeviceStep step = new DeviceStep();
    DeviceState before = entry.state();
    DeviceState next = tables.device().fire(before, stimulus, step);
    switch (step.act()) {
      case NOTHING, BESIDE -> {
        return step;
      }
      case ORDER -> {
        entry.order(utcMillis);
        lanes.started(entry, utcMillis);
        lanes.begin(entry);
        underWay.add(entry);
        if (allowance != NO_LIMIT) {
          allowance--;
          keep();
        }
      }
      case DEFER, MOVE -> {
        if (before.isUnderWay() && !next.isUnderWay()) {
          underWay.remove(entry);
          lanes.end(entry);
        }
      }
    }
    entry.move(next, why);
    if (!next.isWaiting() && !next.isUnderWay()) {
      entry.end(utcMillis);
      lastEndUtcMillis = Math.max(lastEndUtcMillis, utcMillis);
    }
    if (step.act() == DeviceStep.Act.DEFER) {
      entry.defer(utcMillis);
      if (entry.group.state().isGoing()) {
        lanes.await(entry);
      }
    }
    changes.put(entry.record(name()));
    return step;
  }

  /** When it may be forgotten, so long after it is over; never is the largest number. */
  long forgottenUtcMillis(long keptMillis) {
    long over = Math.max(plan.times().endsUtcMillis(), lastEndUtcMillis);
    return isOpen() || over > Long.MAX_VALUE - keptMillis ? Long.MAX_VALUE : over + keptMillis;
  }

  /**
   * Removes what is kept of it: of so many devices at a time, and all else with the last of them.
   *
   * @return whether nothing is left
   */
  boolean forget(long devices) {
    Iterator<Entry> rest = forgetting.orElseGet(() -> entries().filter(Entry::isKept).iterator());
    forgetting = Optional.of(rest);
    for (long i = 0; i < devices && rest.hasNext(); i++) {
      changes.remove(rest.next().record(name()).key());
    }
    if (rest.hasNext()) {
      return false;
    }
    for (int number = 1; number <= lists; number++) {
      changes.remove(new Records.Members(name(), number, List.of()).key());
    }
    groups.forEach(each -> changes.remove(each.record(name()).key()));
    changes.remove(new Records.Position(name(), state, reason, by, allowance).key());
    changes.remove(new Records.Created(plan).key());
    return true;
  }

  /** The wave with that name. */
  Optional<Group> group(String wave) {
    return groups.stream().filter(each -> each.plan().name().equals(wave)).findFirst();
  }

  /** When something is due by itself; never is the largest number. */
  long nextUtcMillis(long utcMillis) {
    long next = Long.MAX_VALUE;
    if (!underWay.isEmpty()) {
      next = underWay.first().orderedUtcMillis() + plan.times().answerMillis();
    }
    if (!state.isFinal()) {
      next = Math.min(next, plan.times().endsUtcMillis());
    }
    if (state != CampaignState.RUNNING) {
      return next;
    }
    for (Group each : groups) {
      if (each.state() == GroupState.SOAKING) {
        next = Math.min(next, each.soakedUtcMillis());
      }
    }
    for (String region : lanes.regions()) {
      long opens = lanes.open(region, utcMillis);
      if (opens != Long.MAX_VALUE) {
        next = Math.min(next, Window.open(plan.windows(), opens));
      }
    }
    return next;
  }
}
