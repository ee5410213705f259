// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.PowerLost;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.clock.ClockedMachine;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.headend.store.RecordStore;
import org.hanota.testing.RecordedEffects;

/** A machine of campaigns with homes that stand in for real ones: each answers as it is said. */
final class StandIns implements CampaignWorld {
  private static final ParameterValues<HeadEndParameter> PARAMETERS =
      ParameterValues.defaults(HeadEndParameter.class);
  static final long START = 1_795_000_000_000L;
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  static final FileVersion OLD = FileVersion.of(1);
  static final FileVersion NEW = FileVersion.of(2);
  static final Octets HASH = Octets.fromHex("ab".repeat(32));
  static final String NAME = "spring";
  static final String BY = "somebody";
  static final Threshold.Share NINE_OF_TEN = share(9, 10, 10);
  static final Threshold.Count NEVER = new Threshold.Count(10);

  /** What a device answers to a request, and when. */
  record Answer(long afterMillis, DeviceReport report) {}

  private record Pending(long utcMillis, Eui64 device, DeviceReport report) {}

  final List<Member> members = new ArrayList<>();
  final RecordedEffects effects = new RecordedEffects();
  final List<CampaignEvent> events = new ArrayList<>();
  final List<CampaignOrder.Update> orders = new ArrayList<>();
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(
          Comparator.comparingLong(Pending::utcMillis).thenComparing(Pending::device));
  RecordStore store = new InMemoryRecordStore();
  Tables tables = Tables.EXACT;
  Function<Member, List<Answer>> answers = member -> List.of(confirms(HOUR));
  CapacityAnswer capacity = new CapacityAnswer.Fits(START);
  boolean isListed = true;
  int halts;
  int restarts;
  long utc = START;

  /** How much more the clock shows. */
  long ahead;

  private CampaignMachine machine;

  /** Who is called: the machine, or what gives it a time that is trusted. */
  private LetterMachine called;

  private boolean doubts;

  StandIns() {
    machine = machine(store);
    called = machine;
  }

  /** Its machine gets a time that is trusted, as in a head end. */
  StandIns doubting() {
    doubts = true;
    restart();
    return this;
  }

  static Answer confirms(long afterMillis) {
    return new Answer(afterMillis, new DeviceReport.Runs(NEW));
  }

  static Answer fails(long afterMillis) {
    return new Answer(afterMillis, new DeviceReport.NotUpdated("INVALID_IMAGE"));
  }

  /** The device of that number; two in a home, four cells and two regions. */
  static Member member(int number, DeviceType type) {
    return new Member(
        Eui64.of(0x00DB_1234_0000_0000L + number),
        Eui64.of(0x00DB_1234_1000_0000L + number / 2),
        type,
        "121D 00840001",
        Optional.of(OLD),
        new Member.Cell(number % 3 == 0 ? "North" : "South", "cell " + number % 4));
  }

  StandIns homes(int devices) {
    for (int i = 0; i < devices; i++) {
      members.add(member(i, DeviceType.PPMID));
    }
    return this;
  }

  static CampaignPlan.Target target() {
    return new CampaignPlan.Target(NEW, HASH, 768_000, ReasonClass.DEFECT);
  }

  static CampaignPlan plan(GroupPlan... groups) {
    return new CampaignPlan(
        NAME,
        target(),
        List.of(groups),
        List.of(),
        new CampaignPlan.Pace(1_000_000, 1_000_000, 1_000_000, MINUTE, 0, 1),
        new CampaignPlan.Times(7 * DAY, START + 365 * DAY),
        false);
  }

  /** Ten devices first, which rest for so long; all others after them. */
  static CampaignPlan waves(long soak, boolean isGated) {
    return plan(
        new GroupPlan(
            "canary",
            DeviceQuery.all(),
            new GroupSize.Count(10),
            NINE_OF_TEN,
            new Threshold.Count(2),
            soak,
            isGated),
        all(NINE_OF_TEN, NEVER));
  }

  static GroupPlan all(Threshold success, Threshold error) {
    return new GroupPlan("all", DeviceQuery.all(), new GroupSize.All(), success, error, 0, false);
  }

  static GroupPlan canary(long devices, Threshold success, Threshold error) {
    return new GroupPlan(
        "canary", DeviceQuery.all(), new GroupSize.Count(devices), success, error, 0, false);
  }

  static Threshold.Share share(long part, long of, long minimum) {
    return new Threshold.Share(part, of, minimum);
  }

  static CampaignPlan with(CampaignPlan plan, CampaignPlan.Pace pace) {
    return new CampaignPlan(
        plan.name(),
        plan.target(),
        plan.groups(),
        plan.windows(),
        pace,
        plan.times(),
        plan.isOpen());
  }

  private CampaignMachine machine(RecordStore kept) {
    return new CampaignMachine(this, kept, PARAMETERS, tables);
  }

  @Override
  public Collection<Member> members() {
    return members;
  }

  @Override
  public boolean isListed(CampaignPlan.Target target) {
    return isListed;
  }

  @Override
  public CapacityAnswer capacity(CampaignPlan plan, Collection<Member> devices, long utcMillis) {
    return capacity;
  }

  Now now() {
    return new Now((utc - START) * 1_000_000, utc + ahead);
  }

  /** A call of the machine; one that loses its power has no effects and is followed by a start. */
  private void call(Runnable call) {
    try {
      call.run();
      perform();
    } catch (PowerLost lost) {
      effects.clear();
      restart();
    }
  }

  void restart() {
    restarts++;
    if (doubts) {
      called = new ClockedMachine(PARAMETERS, store, kept -> machine = machine(kept));
    } else {
      machine = machine(store);
      called = machine;
    }
    effects.wakeAt = Long.MAX_VALUE;
    call(() -> called.onStart(now(), effects));
  }

  void input(CampaignInput input) {
    call(() -> called.onInput(now(), input, effects));
  }

  void timer() {
    effects.wakeAt = Long.MAX_VALUE;
    call(() -> called.onTimer(now(), effects));
  }

  private void perform() {
    effects.events(CampaignEvent.class).forEach(events::add);
    for (Object each : effects.toWan) {
      if (each instanceof CampaignOrder.Update update) {
        orders.add(update);
        for (Answer answer : answers.apply(update.member())) {
          pending.add(
              new Pending(utc + answer.afterMillis(), update.member().device(), answer.report()));
        }
      } else {
        halts++;
      }
    }
    effects.clear();
  }

  void create(CampaignPlan plan) {
    input(new CampaignInput.Create(plan, "somebody"));
  }

  void start() {
    input(new CampaignInput.Start(NAME, BY));
  }

  void begin(CampaignPlan plan) {
    create(plan);
    start();
  }

  void stop() {
    input(new CampaignInput.Stop(NAME, BY, "a word"));
  }

  void report(int device, DeviceReport report) {
    input(new CampaignInput.Report(members.get(device).device(), report));
  }

  /** Goes on until that time or until nothing is left to happen. */
  void runUntil(long until) {
    int calls = 0;
    while (true) {
      long wake =
          effects.wakeAt == Long.MAX_VALUE ? Long.MAX_VALUE : START + effects.wakeAt / 1_000_000;
      long next = pending.isEmpty() ? Long.MAX_VALUE : pending.element().utcMillis();
      if (Math.min(wake, next) > until) {
        utc = Math.max(utc, until);
        return;
      }
      calls = Math.min(wake, next) > utc ? 0 : calls + 1;
      if (calls > 100_000) {
        throw new CampaignModel.Violated("the machine asks for the same moment for ever");
      }
      utc = Math.max(utc, Math.min(wake, next));
      if (wake <= next) {
        timer();
      } else {
        Pending first = pending.remove();
        input(new CampaignInput.Report(first.device(), first.report()));
      }
    }
  }

  void run() {
    runUntil(START + 400 * DAY);
  }

  CampaignStatus status() {
    return machine.status(NAME, now()).orElseThrow();
  }

  List<CampaignStatus.DeviceStatus> devices() {
    return machine.devices(NAME);
  }

  CampaignMachine asked() {
    return machine;
  }

  <T extends CampaignEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  CampaignEvent last() {
    return events.get(events.size() - 1);
  }
}
