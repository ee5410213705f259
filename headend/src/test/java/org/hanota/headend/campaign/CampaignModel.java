// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.SeededRandom;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;
import org.hanota.headend.store.InMemoryRecordStore;

/**
 * One run of a campaign in which everything is drawn: words of people, reports in any order, kills
 * and time. What must hold is counted beside the machine, from what went in and came out.
 */
final class CampaignModel {
  /** A rule does not hold. */
  static final class Violated extends AssertionError {
    private static final long serialVersionUID = 1;

    Violated(String what) {
      super(what);
    }
  }

  private static final int DEVICES = 24;

  private final SeededRandom random;
  private final long seed;
  private final StandIns homes = new StandIns().homes(DEVICES);
  private final InMemoryRecordStore memory = new InMemoryRecordStore();
  private final Set<String> reached = new HashSet<>();
  private final Map<Eui64, DeviceState> ends = new HashMap<>();
  private final Set<Eui64> confirmed = new HashSet<>();
  private final Set<Integer> succeeded = new HashSet<>();
  private final boolean isIdle;
  private final CampaignPlan plan;
  private int ordersBefore;

  private CampaignModel(long seed, Tables tables) {
    this.seed = seed;
    this.random = SeededRandom.of(seed, 0, 3);
    homes.tables = tables;
    homes.answers = member -> List.of();
    isIdle = random.chance(0.1);
    Set<Integer> cuts = new TreeSet<>();
    for (int i = random.below(4); i > 0; i--) {
      cuts.add(2 + random.below(60));
    }
    plan = plan();
    homes.store = new CutRecords(memory, cuts);
    homes.restart();
  }

  /**
   * Runs one.
   *
   * @return what it came to
   */
  static Set<String> run(long seed, Tables tables) {
    CampaignModel model = new CampaignModel(seed, tables);
    model.play();
    return model.reached;
  }

  private void check(boolean holds, String rule) {
    if (!holds) {
      throw new Violated(
          rule + "; -Dhanota.campaigns=" + seed + " ends with this run; " + homes.status());
    }
  }

  private CampaignPlan plan() {
    List<CampaignPlan.GroupPlan> groups = new ArrayList<>();
    int waves = 1 + random.below(3);
    for (int i = 0; i < waves; i++) {
      boolean isLast = i == waves - 1;
      Threshold success =
          random.chance(0.5) ? new Threshold.Count(1 + random.below(3)) : StandIns.share(1, 2, 3);
      Threshold error =
          random.chance(0.5)
              ? new Threshold.Count(2 + random.below(4))
              : StandIns.share(1 + random.below(3), 4, 2 + random.below(3));
      groups.add(
          new CampaignPlan.GroupPlan(
              "wave " + i,
              DeviceQuery.all(),
              isLast ? new GroupSize.All() : new GroupSize.Count(6),
              success,
              error,
              random.chance(0.5) ? 0 : StandIns.HOUR,
              random.chance(0.3)));
    }
    CampaignPlan plan = StandIns.plan(groups.toArray(new CampaignPlan.GroupPlan[0]));
    return new CampaignPlan(
        plan.name(),
        plan.target(),
        plan.groups(),
        random.chance(0.3) ? List.of(new Window(0, 720)) : List.of(),
        new CampaignPlan.Pace(
            2 + random.below(6),
            1 + random.below(3),
            1 + random.below(4),
            StandIns.MINUTE,
            600_000,
            seed),
        new CampaignPlan.Times(
            (1 + random.below(5)) * StandIns.HOUR,
            StandIns.START + (1 + random.below(20)) * StandIns.DAY),
        random.chance(0.5));
  }

  private void play() {
    homes.create(plan);
    for (int step = 0; step < 150; step++) {
      act();
      look();
    }
    homes.runUntil(StandIns.START + 60 * StandIns.DAY);
    look();
    check(homes.status().state().isFinal(), "no campaign goes on after its end");
    check(homes.status().underWay() == 0, "each request ends");
  }

  private void act() {
    int draw = random.below(100);
    if (isIdle && draw < 40) {
      homes.runUntil(homes.utc + random.belowLong(StandIns.DAY));
    } else if (draw < 6) {
      word(new CampaignInput.Start(StandIns.NAME, StandIns.BY));
    } else if (draw < 8) {
      word(new CampaignInput.Pause(StandIns.NAME, StandIns.BY));
    } else if (draw < 14) {
      word(new CampaignInput.Resume(StandIns.NAME, 1 + random.below(8), StandIns.BY));
    } else if (draw < 17) {
      stop();
    } else if (draw == 17 && random.chance(0.1)) {
      word(new CampaignInput.Cancel(StandIns.NAME, StandIns.BY, "enough"));
    } else if (draw == 18 && random.chance(0.1)) {
      word(new CampaignInput.ImageWithdrawn(StandIns.HASH, "bad"));
    } else if (draw == 19 && random.chance(0.3)) {
      // Something that cannot be: nothing goes out until a person has looked.
      memory.save(
          List.of(
              new Records.Outcome(
                  StandIns.NAME, Eui64.of(1), DeviceState.UPDATED, 1, 0, 2, "of another one")),
          List.of());
      homes.restart();
      check(
          homes.status().state() == CampaignState.STOPPED || homes.status().state().isFinal(),
          "what cannot be stops");
    } else if (draw < 22) {
      word(new CampaignInput.Release(StandIns.NAME, "wave " + random.below(3), StandIns.BY));
    } else if (draw < 24) {
      Member late = StandIns.member(DEVICES + random.below(4), homes.members.get(0).type());
      word(new CampaignInput.Joined(List.of(late)));
    } else if (draw < 27) {
      reach(homes.status().state() == CampaignState.STOPPED, "a restart while it was stopped");
      homes.restart();
    } else if (draw < 40) {
      homes.runUntil(homes.utc + random.belowLong(3 * StandIns.HOUR));
    } else {
      report();
    }
  }

  private void word(CampaignInput input) {
    homes.input(input);
  }

  private void reach(boolean isReached, String what) {
    if (isReached) {
      reached.add(what);
    }
  }

  /** A stop that is confirmed holds whatever follows but a resumption. */
  private void stop() {
    CampaignState before = homes.status().state();
    homes.stop();
    if (!before.isFinal() && homes.events(CampaignEvent.Stopped.class).isEmpty()) {
      // The power went before the word was kept: it is not confirmed, and said again.
      homes.stop();
    }
    if (!before.isFinal()) {
      reach(homes.status().underWay() > 0, "stopped with requests under way");
      int orders = homes.orders.size();
      check(homes.status().state() == CampaignState.STOPPED || homes.restarts > 1, "a stop stops");
      if (homes.status().state() != CampaignState.STOPPED) {
        homes.stop();
      }
      check(homes.status().state() == CampaignState.STOPPED, "a stop stops");
      homes.runUntil(homes.utc + random.belowLong(StandIns.HOUR));
      homes.timer();
      check(homes.orders.size() == orders, "nothing goes out after a stop");
    }
  }

  private void report() {
    List<CampaignStatus.DeviceStatus> devices = homes.devices();
    List<CampaignStatus.DeviceStatus> asked =
        devices.stream().filter(each -> each.state().isUnderWay()).toList();
    List<CampaignStatus.DeviceStatus> from =
        asked.isEmpty() || random.chance(0.2) ? devices : asked;
    CampaignStatus.DeviceStatus one = from.get(random.below(from.size()));
    DeviceReport what = report(random.below(12));
    boolean isReal = what instanceof DeviceReport.Runs runs && runs.version().equals(StandIns.NEW);
    if (isReal) {
      confirmed.add(one.device());
    }
    reach(one.state().isEnded(), "a report after an end");
    homes.input(new CampaignInput.Report(one.device(), what));
  }

  private DeviceReport report(int draw) {
    return switch (draw) {
      case 0, 1 -> new DeviceReport.Acknowledged();
      case 2 -> new DeviceReport.NotNow(homes.utc + random.belowLong(StandIns.HOUR), "full");
      case 3 -> new DeviceReport.NotAccepted("E4");
      case 4 -> new DeviceReport.HeldBack("Q1");
      case 5 -> new DeviceReport.LetGo();
      case 6 -> new DeviceReport.Claimed("the hub");
      case 7 -> new DeviceReport.Runs(FileVersion.of(1 + random.below(3)));
      case 8 -> new DeviceReport.NotUpdated("INVALID_IMAGE");
      case 9 -> random.chance(0.3) ? new DeviceReport.Replaced("r") : report(10);
      default -> new DeviceReport.Runs(StandIns.NEW);
    };
  }

  /** What must hold after whatever happened. */
  private void look() {
    CampaignStatus status = homes.status();
    for (CampaignStatus.DeviceStatus each : homes.devices()) {
      DeviceState end = ends.get(each.device());
      check(end == null || end == each.state(), "no end is left: " + each.device());
      if (each.state().isEnded()) {
        ends.put(each.device(), each.state());
      }
      check(
          each.state() != DeviceState.UPDATED || confirmed.contains(each.device()),
          "only a confirmed version is a success");
      check(
          each.state() != DeviceState.CURRENT
              || (each.orderedUtcMillis() == 0 && confirmed.contains(each.device()))
              || each.cause().startsWith("it runs"),
          "each request ends and is counted");
    }
    boolean isOver = homes.utc >= plan.times().endsUtcMillis();
    check(!isOver || status.state().isFinal(), "its time ends it");
    failed(status);
    waves(status);
    homes.events.clear();
    if (status.state().isFinal()) {
      ordersBefore = ordersBefore == 0 ? homes.orders.size() : ordersBefore;
      check(homes.orders.size() == ordersBefore, "nothing goes out after an end");
    }
  }

  /** A wave that has FAILED and a campaign that goes on are never seen together. */
  private void failed(CampaignStatus status) {
    boolean hasFailed = status.waves().stream().anyMatch(each -> each.state() == GroupState.FAILED);
    check(
        !hasFailed || status.state() == CampaignState.STOPPED || status.state().isFinal(),
        "a wave that failed stops its campaign");
  }

  /** A wave begins only where the one before met its threshold or was released by hand. */
  private void waves(CampaignStatus status) {
    List<Records.Wave> kept =
        homes.store.load().stream()
            .filter(Records.Wave.class::isInstance)
            .map(Records.Wave.class::cast)
            .toList();
    for (int i = 0; i < status.waves().size(); i++) {
      CampaignStatus.Wave wave = status.waves().get(i);
      long updated = wave.of(DeviceState.UPDATED);
      long failures =
          wave.counts().entrySet().stream()
              .filter(each -> each.getKey().isFailure())
              .mapToLong(Map.Entry::getValue)
              .sum();
      Records.Wave record = kept.get(i);
      check(
          failures - record.failedBefore() == 0
              || !plan.groups()
                  .get(i)
                  .error()
                  .isMet(
                      failures - record.failedBefore(), updated + failures - record.endedBefore())
              || status.state() != CampaignState.RUNNING,
          "too many failures stop");
      boolean isAllCurrent =
          wave.counts().values().stream().mapToLong(each -> each).sum()
              == wave.of(DeviceState.CURRENT);
      if (isAllCurrent || plan.groups().get(i).success().isMet(updated, updated + failures)) {
        succeeded.add(i);
      }
      check(
          wave.state() != GroupState.RELEASED || succeeded.contains(i) || !record.by().isEmpty(),
          "a wave is released by its success or by hand");
      if (i > 0 && wave.state() != GroupState.WAITING) {
        boolean isByHand = !kept.get(i - 1).by().isEmpty();
        CampaignStatus.Wave before = status.waves().get(i - 1);
        check(
            isByHand
                || before.of(DeviceState.UPDATED) > 0
                || before.counts().values().stream().mapToLong(each -> each).sum()
                    == before.of(DeviceState.CURRENT),
            "a wave follows a success");
      }
    }
  }
}
