// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ParameterValues;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.ToWan;
import org.hanota.device.DeviceType;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;
import org.hanota.headend.campaign.CampaignMachine;
import org.hanota.headend.campaign.CampaignOrder;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.CampaignStatus;
import org.hanota.headend.campaign.CampaignWorld;
import org.hanota.headend.campaign.DeviceQuery;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.campaign.Threshold;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.hanota.testing.RecordedEffects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A campaign over 10,000 homes with an image that does not work in one device of five: each home
 * whose turn comes is simulated with its real head end, hub and device.
 */
@Tag("soak")
class CampaignOverHomesTest {
  private static final boolean IS_SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final int HOMES = IS_SHORT ? 1_000 : 10_000;
  private static final int FAILURES = IS_SHORT ? 8 : 50;
  private static final int CONCURRENT = IS_SHORT ? 20 : 200;
  private static final int KILLS = 20;
  private static final int BAD_OF_HUNDRED = 20;
  private static final int FIRMWARE_OCTETS = 1_000;
  private static final long SEED = 17;
  private static final long START = 1_795_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final String NAME = "spring";

  private final List<Member> members = new ArrayList<>();
  private final Map<Eui64, org.hanota.sim.DeviceReport> homes = new TreeMap<>();
  private final List<CampaignEvent> events = new ArrayList<>();
  private final PriorityQueue<Answer> answers =
      new PriorityQueue<>(
          Comparator.comparingLong(Answer::utcMillis).thenComparing(Answer::device));
  private RecordStore store = new InMemoryRecordStore();
  private CampaignMachine machine = machine();
  private long wakeAt = Long.MAX_VALUE;
  private long utc = START;
  private int orders;
  private int restarts;

  private record Answer(long utcMillis, Eui64 device, DeviceReport report) {}

  /** Loses the power at some saves, half of them before and half of them after it has kept them. */
  private record Cut(RecordStore behind, Set<Integer> cuts, AtomicInteger saves)
      implements RecordStore {
    @Override
    public List<Stored> load() {
      return behind.load();
    }

    @Override
    public void save(List<Stored> put, List<String> removed) {
      int number = saves.incrementAndGet();
      boolean isCut = cuts.contains(number);
      if (isCut && number % 2 == 0) {
        throw new PowerLost("before a save");
      }
      behind.save(put, removed);
      if (isCut) {
        throw new PowerLost("after a save");
      }
    }
  }

  private final class World implements CampaignWorld {
    @Override
    public Collection<Member> members() {
      return members;
    }

    @Override
    public boolean isListed(CampaignPlan.Target target) {
      return true;
    }

    @Override
    public CapacityAnswer capacity(CampaignPlan plan, Collection<Member> devices, long utcMillis) {
      return new CapacityAnswer.Fits(utcMillis);
    }
  }

  private static ScenarioDevice device() {
    return SampleImages.device(SEED, "ppmid", DeviceType.PPMID, FIRMWARE_OCTETS);
  }

  private static DevicePlan image() {
    return SampleImages.plan(SEED, "ppmid", DeviceType.PPMID, FIRMWARE_OCTETS);
  }

  private static CampaignPlan plan() {
    GbPpmidFile file = GbPpmidFile.read(image().image());
    FileVersion version = file.header().image().fileVersion();
    return new CampaignPlan(
        NAME,
        new CampaignPlan.Target(
            version, file.manufacturerImageHash(), image().image().length(), ReasonClass.DEFECT),
        List.of(
            new CampaignPlan.GroupPlan(
                "all",
                DeviceQuery.all(),
                new GroupSize.All(),
                new Threshold.Share(99, 100, HOMES),
                new Threshold.Count(FAILURES),
                0,
                false)),
        List.of(),
        new CampaignPlan.Pace(CONCURRENT, CONCURRENT, CONCURRENT, 60_000, HOUR, SEED),
        new CampaignPlan.Times(72 * HOUR, START + 8_760 * HOUR),
        false);
  }

  private void furnish() {
    for (int i = 0; i < HOMES; i++) {
      members.add(
          new Member(
              Eui64.of(0x00DB_1234_0000_0000L + i),
              Eui64.of(0x00DB_1234_1000_0000L + i),
              org.hanota.headend.request.DeviceType.PPMID,
              "a display",
              Optional.of(image().running()),
              new Member.Cell("South", "cell " + i % 20)));
    }
  }

  private CampaignMachine machine() {
    return new CampaignMachine(
        new World(), store, ParameterValues.defaults(HeadEndParameter.class));
  }

  private interface Call {
    void of(RecordedEffects effects);
  }

  private Now now() {
    return new Now((utc - START) * 1_000_000L, utc);
  }

  /** A call that fails has no effects, and the head end starts again from what it kept. */
  private void call(Call call) {
    RecordedEffects effects = new RecordedEffects();
    try {
      call.of(effects);
    } catch (PowerLost lost) {
      restarts++;
      machine = machine();
      call(again -> machine.onStart(now(), again));
      return;
    }
    if (effects.wakeAt != Long.MAX_VALUE) {
      wakeAt = START + (effects.wakeAt + 999_999) / 1_000_000;
    }
    effects.toWan.forEach(this::order);
    effects.events.forEach(event -> events.add((CampaignEvent) event));
  }

  private void input(CampaignInput input) {
    int before = restarts;
    call(effects -> machine.onInput(now(), input, effects));
    if (restarts > before) {
      // Whoever was not answered says it once more.
      input(input);
    }
  }

  private void order(ToWan what) {
    if (what instanceof CampaignOrder.Update update) {
      orders++;
      Eui64 device = update.member().device();
      org.hanota.sim.DeviceReport end =
          homes.computeIfAbsent(device, CampaignOverHomesTest::simulated);
      long ends = utc + Math.max(1, end.endedNanos() / 1_000_000);
      DeviceReport report =
          end.outcome() == org.hanota.sim.DeviceReport.Outcome.CONFIRMED
              ? new DeviceReport.Runs(end.versionAfter())
              : new DeviceReport.NotUpdated(end.outcome() + " " + end.detail());
      answers.add(new Answer(utc + 1, device, new DeviceReport.Acknowledged()));
      answers.add(new Answer(ends, device, report));
    }
  }

  /** One home, from the 11.4 to the device's own alert; what must never happen throws. */
  private static org.hanota.sim.DeviceReport simulated(Eui64 device) {
    SeededRandom random = SeededRandom.of(SEED, device.value(), 1);
    boolean isBad = random.below(100) < BAD_OF_HUNDRED;
    Fittings fittings =
        new Fittings() {
          @Override
          public HomeHeadEnd headEnd(HomeHeadEnd.Site site) {
            return new ScriptedHeadEnd(site, (from, to, xml, utcMillis) -> {});
          }

          @Override
          public boolean selfTest(DevicePlan plan) {
            return !isBad;
          }
        };
    Scenario home =
        Scenario.builder(device.value())
            .devices(device())
            .headEnd(Scripts::usual)
            .loss(0.02)
            .build();
    return Home.run(home, (nanos, name, event) -> {}, fittings).devices().get(0);
  }

  private CampaignStatus status() {
    return machine.status(NAME, now()).orElseThrow();
  }

  /** Until nothing is under way and nothing is due. */
  private void run() {
    while (!answers.isEmpty()
        || (status().state() == CampaignState.RUNNING && wakeAt != Long.MAX_VALUE)) {
      if (answers.isEmpty() || wakeAt < answers.element().utcMillis()) {
        utc = Math.max(utc, wakeAt);
        wakeAt = Long.MAX_VALUE;
        call(effects -> machine.onTimer(now(), effects));
        continue;
      }
      Answer next = answers.remove();
      utc = Math.max(utc, next.utcMillis());
      input(new CampaignInput.Report(next.device(), next.report()));
    }
  }

  private void begin() {
    furnish();
    call(effects -> machine.onStart(now(), effects));
    input(new CampaignInput.Create(plan(), "somebody"));
    input(new CampaignInput.Start(NAME, "somebody"));
  }

  private void stoppedAtItsThreshold() {
    CampaignEvent.Stopped stopped =
        events.stream()
            .filter(CampaignEvent.Stopped.class::isInstance)
            .map(CampaignEvent.Stopped.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(stopped.reason())
        .startsWith("group all: " + FAILURES + " of ")
        .endsWith("that ended have failed, threshold " + FAILURES + " devices");
    assertThat(status().state()).isEqualTo(CampaignState.STOPPED);
    assertThat(status().underWay()).isZero();
    assertThat(homes.size()).isLessThan(HOMES / 2);
    assertThat(status().of(DeviceState.WAITING)).isEqualTo(HOMES - homes.size());
    // What was under way came to its own end: as many failed as homes have it, and not one more.
    long bad = homes.values().stream().filter(each -> !each.succeeded()).count();
    assertThat(status().of(DeviceState.FAILED)).isEqualTo(bad).isGreaterThanOrEqualTo(FAILURES);
    assertThat(status().of(DeviceState.UPDATED)).isEqualTo(homes.size() - bad);
    homes
        .values()
        .forEach(
            each ->
                assertThat(each.versionAfter())
                    .as("what %s of %s runs", each.name(), each.address())
                    .isEqualTo(
                        each.succeeded() ? each.image().fileVersion() : each.versionBefore()));
  }

  @Test
  void itStopsAtItsThresholdAndNoDeviceIsWithoutAnImageThatWorks() {
    begin();
    run();
    stoppedAtItsThreshold();
    assertThat(orders).isEqualTo(homes.size());
    int before = orders;
    utc += 24 * HOUR;
    call(effects -> machine.onTimer(now(), effects));
    assertThat(orders).as("after the stop").isEqualTo(before);
  }

  @Test
  void theSameWithTheHeadEndKilledAtTwentyRandomMoments() {
    SeededRandom random = SeededRandom.of(SEED, 0, 2);
    Set<Integer> cuts = new TreeSet<>();
    while (cuts.size() < KILLS) {
      cuts.add(3 + random.below(IS_SHORT ? 30 : 300));
    }
    store = new Cut(new InMemoryRecordStore(), cuts, new AtomicInteger());
    machine = machine();
    begin();
    run();
    assertThat(restarts).isEqualTo(KILLS);
    stoppedAtItsThreshold();
    assertThat(answers).isEmpty();
  }
}
