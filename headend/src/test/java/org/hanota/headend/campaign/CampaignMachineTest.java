// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.campaign.StandIns.BY;
import static org.hanota.headend.campaign.StandIns.DAY;
import static org.hanota.headend.campaign.StandIns.HASH;
import static org.hanota.headend.campaign.StandIns.HOUR;
import static org.hanota.headend.campaign.StandIns.MINUTE;
import static org.hanota.headend.campaign.StandIns.NAME;
import static org.hanota.headend.campaign.StandIns.NEVER;
import static org.hanota.headend.campaign.StandIns.NEW;
import static org.hanota.headend.campaign.StandIns.NINE_OF_TEN;
import static org.hanota.headend.campaign.StandIns.OLD;
import static org.hanota.headend.campaign.StandIns.START;
import static org.hanota.headend.campaign.StandIns.all;
import static org.hanota.headend.campaign.StandIns.canary;
import static org.hanota.headend.campaign.StandIns.confirms;
import static org.hanota.headend.campaign.StandIns.fails;
import static org.hanota.headend.campaign.StandIns.plan;
import static org.hanota.headend.campaign.StandIns.share;
import static org.hanota.headend.campaign.StandIns.waves;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.FileVersion;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;
import org.hanota.headend.request.DeviceType;
import org.junit.jupiter.api.Test;

class CampaignMachineTest {
  private final StandIns homes = new StandIns().homes(100);

  private Optional<WaitReason.Kind> why(int wave) {
    return homes.status().waves().get(wave).why().map(WaitReason::kind);
  }

  @Test
  void theNextWaveFollowsAfterTheCanarySucceededSoakedAndWasLetGo() {
    homes.create(waves(DAY, true));
    assertThat(homes.last()).isEqualTo(new CampaignEvent.Accepted(NAME, 100, List.of()));
    assertThat(why(0)).contains(WaitReason.Kind.NOT_STARTED);
    homes.start();
    assertThat(homes.orders).hasSize(10);
    assertThat(why(0)).contains(WaitReason.Kind.ANSWERS_AWAITED);
    assertThat(why(1)).contains(WaitReason.Kind.EARLIER_WAVE);
    homes.runUntil(START + DAY + HOUR - 1);
    assertThat(homes.status().waves().get(0).state()).isEqualTo(GroupState.SOAKING);
    homes.runUntil(START + DAY + HOUR);
    assertThat(homes.status().waves().get(0).state()).isEqualTo(GroupState.AT_GATE);
    homes.runUntil(START + 5 * DAY);
    assertThat(homes.orders).hasSize(10);
    homes.input(new CampaignInput.Release(NAME, "canary", BY));
    assertThat(homes.orders).hasSize(100);
    homes.run();
    assertThat(homes.status().state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(100);
    assertThat(why(1)).contains(WaitReason.Kind.DONE);
  }

  @Test
  void successIsTheConfirmedVersionOnly() {
    homes.answers = member -> List.of();
    homes.begin(plan(all(NINE_OF_TEN, NEVER)));
    homes.report(0, new DeviceReport.Claimed("the hub"));
    homes.report(0, new DeviceReport.Runs(OLD));
    assertThat(homes.status().of(DeviceState.UPDATED)).isZero();
    homes.report(0, new DeviceReport.Runs(NEW));
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(1);
    homes.report(1, new DeviceReport.Runs(FileVersion.of(3)));
    assertThat(homes.status().of(DeviceState.WRONG_VERSION)).isEqualTo(1);
    // An end is not left; what comes later is written beside.
    homes.report(1, new DeviceReport.Runs(NEW));
    homes.report(0, new DeviceReport.NotUpdated("late"));
    assertThat(homes.events(CampaignEvent.Beside.class)).hasSize(3);
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(1);
    assertThat(homes.status().of(DeviceState.FAILED)).isZero();
  }

  @Test
  void silenceBeyondTheDeadlineIsAFailure() {
    homes.answers = member -> List.of();
    homes.begin(plan(all(NINE_OF_TEN, new Threshold.Count(100))));
    homes.runUntil(START + 7 * DAY - 1);
    assertThat(homes.status().of(DeviceState.SILENT)).isZero();
    homes.runUntil(START + 7 * DAY);
    assertThat(homes.status().of(DeviceState.SILENT)).isEqualTo(100);
    assertThat(homes.status().state()).isEqualTo(CampaignState.STOPPED);
  }

  @Test
  void aStopIsOneWordAndNothingNewGoesOutAfterIt() {
    homes.begin(
        StandIns.with(
            plan(all(NINE_OF_TEN, NEVER)), new CampaignPlan.Pace(5, 5, 1_000, MINUTE, 0, 1)));
    assertThat(homes.orders).hasSize(10);
    homes.stop();
    assertThat(homes.last()).isEqualTo(new CampaignEvent.Stopped(NAME, "a word", BY, 10));
    assertThat(why(0)).contains(WaitReason.Kind.CAMPAIGN_STOPPED);
    homes.stop();
    assertThat(homes.last()).isEqualTo(new CampaignEvent.Stopped(NAME, "a word", BY, 10));
    assertThat(homes.halts).isEqualTo(2);
    homes.restart();
    assertThat(homes.halts).isEqualTo(3);
    homes.runUntil(START + 30 * DAY);
    assertThat(homes.orders).hasSize(10);
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(10);
  }

  @Test
  void asManyGoOutAsTheResumptionSays() {
    homes.create(plan(all(NINE_OF_TEN, NEVER)));
    homes.stop();
    homes.input(new CampaignInput.Resume(NAME, 0, BY));
    assertThat(homes.last())
        .isEqualTo(new CampaignEvent.NotDone(NAME, "resume", "devices is 0, allowed 1 and more"));
    assertThat(homes.orders).isEmpty();
    homes.input(new CampaignInput.Resume(NAME, 7, BY));
    assertThat(homes.orders).hasSize(7);
    assertThat(homes.status().state()).isEqualTo(CampaignState.PAUSED);
    homes.restart();
    homes.input(new CampaignInput.Resume(NAME, 3, BY));
    homes.runUntil(START + DAY);
    assertThat(homes.orders).hasSize(10);
    assertThat(why(0)).contains(WaitReason.Kind.CAMPAIGN_PAUSED);
  }

  @Test
  void aWaveThatCannotSucceedSaysHowManyAreMissingAndIsReleasedByHand() {
    homes.answers = member -> List.of(fails(HOUR));
    homes.begin(plan(canary(10, NINE_OF_TEN, new Threshold.Count(10)), all(NINE_OF_TEN, NEVER)));
    homes.runUntil(START + HOUR);
    // Ten failures stop; the wave was out of reach after the second.
    assertThat(homes.events(CampaignEvent.WaveMoved.class))
        .anyMatch(
            each ->
                each.state() == GroupState.SHORT
                    && each.reason().startsWith("1 devices are missing to 9 of 10"));
    assertThat(homes.orders).hasSize(10);
  }

  @Test
  void aReleaseByHandIsRecordedAndTheNextWaveFollows() {
    homes.answers = member -> List.of(fails(HOUR));
    homes.begin(
        plan(canary(10, share(1, 1, 10), new Threshold.Count(10)), all(NINE_OF_TEN, NEVER)));
    homes.answers = member -> List.of(confirms(HOUR));
    homes.report(
        homes.members.indexOf(homes.orders.get(0).member()), new DeviceReport.NotUpdated("x"));
    assertThat(why(0)).contains(WaitReason.Kind.THRESHOLD_OUT_OF_REACH);
    assertThat(why(1)).contains(WaitReason.Kind.EARLIER_WAVE);
    homes.input(new CampaignInput.Release(NAME, "canary", BY));
    assertThat(homes.orders).hasSize(100);
    assertThat(homes.events(CampaignEvent.WaveMoved.class))
        .anyMatch(each -> each.reason().equals("released by " + BY));
  }

  @Test
  void requestsGoOutInWindowsOnlyAndAWindowThatTheClockJumpsOverIsNamed() {
    CampaignPlan plan = plan(all(NINE_OF_TEN, NEVER));
    // START is 11:06:40 of its day.
    plan =
        new CampaignPlan(
            plan.name(),
            plan.target(),
            plan.groups(),
            List.of(new Window(700, 760), new Window(1_380, 1_440)),
            new CampaignPlan.Pace(1, 1, 1_000, MINUTE, 0, 1),
            plan.times(),
            false);
    homes.begin(plan);
    assertThat(homes.orders).isEmpty();
    WaitReason why = homes.status().waves().get(0).why().orElseThrow();
    assertThat(why.kind()).isEqualTo(WaitReason.Kind.OUTSIDE_WINDOW);
    long opens = Math.floorDiv(START, DAY) * DAY + 700 * MINUTE;
    assertThat(why.untilUtcMillis()).isEqualTo(opens);
    homes.utc = opens + 2 * HOUR;
    homes.timer();
    assertThat(homes.orders).isEmpty();
    assertThat(homes.last())
        .isEqualTo(new CampaignEvent.WindowMissed(NAME, START, opens + 2 * HOUR));
    homes.runUntil(START + 2 * DAY);
    assertThat(homes.orders).isNotEmpty();
    Set<Long> hours = new TreeSet<>();
    homes
        .devices()
        .forEach(
            each -> {
              if (each.orderedUtcMillis() > 0) {
                hours.add(Math.floorMod(each.orderedUtcMillis(), DAY) / HOUR);
              }
            });
    assertThat(hours).containsExactly(11L, 23L);
  }

  @Test
  void neitherRegionNorCellNorPeriodHasMoreThanItsLimit() {
    CampaignPlan.Pace pace = new CampaignPlan.Pace(7, 3, 2, MINUTE, 10 * MINUTE, 1);
    homes.answers = member -> List.of(confirms(3 * MINUTE));
    homes.begin(StandIns.with(plan(all(NINE_OF_TEN, NEVER)), pace));
    Map<String, Integer> starts = new TreeMap<>();
    long end = START;
    while (homes.status().state() == CampaignState.RUNNING) {
      end += 1_000;
      homes.runUntil(end);
      Map<String, Integer> underWay = new TreeMap<>();
      for (CampaignStatus.DeviceStatus each : homes.devices()) {
        if (each.state().isUnderWay()) {
          Member.Cell cell =
              homes.members.stream()
                  .filter(member -> member.device().equals(each.device()))
                  .findFirst()
                  .orElseThrow()
                  .cell();
          underWay.merge(cell.region(), 1, Integer::sum);
          underWay.merge(cell.toString(), 1, Integer::sum);
        }
      }
      underWay.forEach(
          (place, count) ->
              assertThat(count).as(place).isLessThanOrEqualTo(place.startsWith("Cell") ? 3 : 7));
    }
    for (CampaignStatus.DeviceStatus each : homes.devices()) {
      String region =
          homes.members.stream()
              .filter(member -> member.device().equals(each.device()))
              .findFirst()
              .orElseThrow()
              .cell()
              .region();
      starts.merge(region + Math.floorDiv(each.orderedUtcMillis(), MINUTE), 1, Integer::sum);
    }
    assertThat(starts.values()).allMatch(each -> each <= 2);
    assertThat(starts.values()).contains(2);
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(100);
  }

  @Test
  void eachDeviceHasAJitterOfItsOwnWhichARestartDoesNotChange() {
    CampaignPlan.Pace pace = new CampaignPlan.Pace(100, 100, 100, MINUTE, HOUR, 1);
    homes.begin(StandIns.with(plan(all(NINE_OF_TEN, NEVER)), pace));
    StandIns other = new StandIns().homes(100);
    other.begin(StandIns.with(plan(all(NINE_OF_TEN, NEVER)), pace));
    homes.runUntil(START + 10 * MINUTE);
    homes.restart();
    homes.runUntil(START + 20 * MINUTE);
    homes.restart();
    homes.run();
    other.run();
    assertThat(homes.devices()).isEqualTo(other.devices());
    assertThat(
            new HashSet<>(
                homes.devices().stream()
                    .map(CampaignStatus.DeviceStatus::orderedUtcMillis)
                    .toList()))
        .hasSizeGreaterThan(95);
  }

  @Test
  void aDeviceThatComesLaterJoinsOnceAndOneOfAnotherCampaignDoesNot() {
    CampaignPlan open = plan(all(NINE_OF_TEN, NEVER));
    open =
        new CampaignPlan(
            NAME, open.target(), open.groups(), List.of(), open.pace(), open.times(), true);
    homes.begin(open);
    Member late = StandIns.member(500, DeviceType.PPMID);
    homes.input(new CampaignInput.Joined(List.of(late)));
    homes.input(new CampaignInput.Joined(List.of(late)));
    assertThat(homes.orders).hasSize(101);
    assertThat(homes.events(CampaignEvent.DeviceJoined.class)).hasSize(1);
    assertThat(homes.last())
        .isEqualTo(new CampaignEvent.NotJoined(NAME, late.device(), "it is in campaign " + NAME));
    homes.restart();
    homes.run();
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(101);
  }

  @Test
  void notNowIsTriedAgainAtItsTimeAndIsNeitherAFailureNorNothing() {
    homes.answers = member -> List.of();
    homes.begin(plan(all(NINE_OF_TEN, new Threshold.Count(1))));
    int first = homes.members.indexOf(homes.orders.get(0).member());
    homes.report(first, new DeviceReport.NotNow(START + 2 * HOUR, "no capacity"));
    assertThat(homes.status().of(DeviceState.DEFERRED)).isEqualTo(1);
    assertThat(homes.status().state()).isEqualTo(CampaignState.RUNNING);
    homes.restart();
    int before = homes.orders.size();
    homes.runUntil(START + 2 * HOUR - 1);
    assertThat(homes.orders).hasSize(before);
    homes.runUntil(START + 2 * HOUR);
    assertThat(homes.orders).hasSize(before + 1);
    assertThat(homes.orders.get(before).member()).isEqualTo(homes.members.get(first));
  }

  /** User demand 38: an answer that names no time to come does not lead to a loop. */
  @Test
  void notNowWithATimeThatHasPassedIsNoLoop() {
    homes.answers =
        member -> List.of(new StandIns.Answer(0, new DeviceReport.NotNow(0, "no capacity")));
    homes.begin(plan(all(NINE_OF_TEN, NEVER)));
    homes.runUntil(START + HOUR);
    assertThat(homes.orders).hasSize(100 * 61);
    assertThat(homes.status().of(DeviceState.DEFERRED)).isEqualTo(100);
  }

  @Test
  void aQuarantinedRequestIsAStateWithItsReferenceAndExpires() {
    homes.answers = member -> List.of();
    homes.begin(plan(all(NINE_OF_TEN, new Threshold.Count(100))));
    homes.report(0, new DeviceReport.HeldBack("Q17"));
    assertThat(homes.status().of(DeviceState.HELD)).isEqualTo(1);
    assertThat(homes.devices())
        .anyMatch(each -> each.state() == DeviceState.HELD && each.cause().equals("Q17"));
    homes.report(1, new DeviceReport.HeldBack("Q18"));
    homes.report(1, new DeviceReport.LetGo());
    homes.report(1, new DeviceReport.Runs(NEW));
    homes.runUntil(START + 8 * DAY);
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(1);
    assertThat(homes.status().of(DeviceState.SILENT)).isEqualTo(99);
  }

  @Test
  void anImageThatIsWithdrawnEndsItsCampaignByName() {
    homes.begin(plan(all(NINE_OF_TEN, NEVER)));
    homes.input(new CampaignInput.ImageWithdrawn(HASH, "found bad"));
    assertThat(homes.status().state()).isEqualTo(CampaignState.CANCELLED);
    assertThat(homes.status().reason()).isEqualTo("image withdrawn: found bad");
    homes.input(new CampaignInput.Resume(NAME, 5, BY));
    assertThat(homes.last())
        .isEqualTo(new CampaignEvent.NotDone(NAME, "resume", "it is CANCELLED"));
    assertThat(homes.halts).isEqualTo(1);
  }

  @Test
  void whoseTurnDidNotComeBeforeTheEndGetsNone() {
    homes.begin(
        StandIns.with(
            plan(all(NINE_OF_TEN, NEVER)), new CampaignPlan.Pace(1, 1, 1, 50 * DAY, 0, 1)));
    homes.run();
    assertThat(homes.status().state()).isEqualTo(CampaignState.EXPIRED);
    assertThat(homes.status().of(DeviceState.WAITING)).isPositive();
    assertThat(homes.status().waves().get(0).why().orElseThrow().kind())
        .isEqualTo(WaitReason.Kind.CAMPAIGN_ENDED);
  }

  @Test
  void aDeviceThatHasTheVersionGetsNothing() {
    homes.members.set(
        0,
        new Member(
            homes.members.get(0).device(),
            homes.members.get(0).hub(),
            DeviceType.PPMID,
            "121D 00840001",
            Optional.of(NEW),
            homes.members.get(0).cell()));
    homes.create(plan(all(NINE_OF_TEN, NEVER)));
    homes.report(1, new DeviceReport.Runs(NEW));
    homes.start();
    homes.run();
    assertThat(homes.orders).hasSize(98);
    assertThat(homes.status().of(DeviceState.CURRENT)).isEqualTo(1);
    assertThat(homes.status().state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(homes.orders).noneMatch(each -> each.member().equals(homes.members.get(1)));
  }
}
