// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.campaign.StandIns.NAME;
import static org.hanota.headend.campaign.StandIns.START;
import static org.hanota.headend.campaign.StandIns.all;
import static org.hanota.headend.campaign.StandIns.canary;
import static org.hanota.headend.campaign.StandIns.plan;
import static org.hanota.headend.campaign.StandIns.share;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.request.DeviceType;
import org.junit.jupiter.api.Test;

/** What cannot be done is refused when it is created, each by its name. */
class PlanRefusalsTest {
  private static final Threshold HALF = share(1, 2, 2);
  private static final Threshold FIVE = new Threshold.Count(5);
  private static final CampaignPlan GOOD = plan(all(HALF, FIVE));

  /** A plan or a world with one fault. */
  private record Case(
      PlanFault fault, UnaryOperator<CampaignPlan> plan, Consumer<StandIns> world, String says) {}

  private static Case of(PlanFault fault, CampaignPlan plan, String says) {
    return new Case(fault, good -> plan, homes -> {}, says);
  }

  private static CampaignPlan paced(int region, int cell, int starts, long period, long jitter) {
    return StandIns.with(GOOD, new CampaignPlan.Pace(region, cell, starts, period, jitter, 1));
  }

  private static CampaignPlan windows(Window... windows) {
    return new CampaignPlan(
        NAME, GOOD.target(), GOOD.groups(), List.of(windows), GOOD.pace(), GOOD.times(), false);
  }

  private static CampaignPlan times(long answer, long ends) {
    return new CampaignPlan(
        NAME,
        GOOD.target(),
        GOOD.groups(),
        List.of(),
        GOOD.pace(),
        new CampaignPlan.Times(answer, ends),
        false);
  }

  private static CampaignPlan named(String name) {
    return new CampaignPlan(
        name, GOOD.target(), GOOD.groups(), List.of(), GOOD.pace(), GOOD.times(), false);
  }

  private static GroupPlan meters() {
    return new GroupPlan(
        "meters", DeviceQuery.of(DeviceType.ESME), new GroupSize.All(), HALF, FIVE, 0, false);
  }

  private static final List<Case> CASES =
      List.of(
          of(PlanFault.NO_NAME, named(" "), "name is blank"),
          of(PlanFault.NO_GROUP, plan(), "groups is none"),
          of(PlanFault.GROUP_NAME_TWICE, plan(all(HALF, FIVE), all(HALF, FIVE)), "group all"),
          of(PlanFault.EMPTY_GROUP, plan(meters()), "group meters is without a device"),
          of(PlanFault.EMPTY_GROUP, plan(canary(0, HALF, FIVE)), "canary.size"),
          of(PlanFault.ILLEGAL_THRESHOLD, plan(all(share(3, 2, 1), FIVE)), "all.success is 3 of 2"),
          of(PlanFault.ILLEGAL_THRESHOLD, plan(all(HALF, share(0, 2, 1))), "all.error is 0 of 2"),
          of(PlanFault.ILLEGAL_THRESHOLD, plan(all(HALF, share(1, 2, 0))), "at least 0"),
          of(PlanFault.ILLEGAL_THRESHOLD, plan(all(HALF, new Threshold.Count(0))), "0 devices"),
          of(
              PlanFault.SUCCESS_OUT_OF_REACH,
              plan(all(new Threshold.Count(11), FIVE)),
              "11 devices, allowed what 10 devices can meet"),
          of(PlanFault.SUCCESS_OUT_OF_REACH, plan(all(share(1, 2, 11), FIVE)), "at least 11"),
          of(PlanFault.ERROR_OUT_OF_REACH, plan(all(HALF, new Threshold.Count(11))), "never stop"),
          of(PlanFault.ILLEGAL_WINDOW, windows(new Window(60, 60)), "window 0 is 60 to 60"),
          of(PlanFault.ILLEGAL_WINDOW, windows(new Window(1_380, 60)), "over midnight"),
          of(
              PlanFault.OVERLAPPING_WINDOWS,
              windows(new Window(60, 120), new Window(119, 180)),
              "window 1 is over window 0"),
          of(PlanFault.NO_RATE, paced(1, 1, 0, 1, 0), "pace.startsPerPeriod is 0"),
          of(PlanFault.NO_CONCURRENCY, paced(0, 1, 1, 1, 0), "pace.perRegion is 0"),
          of(PlanFault.NO_CONCURRENCY, paced(1, 0, 1, 1, 0), "pace.perCell is 0"),
          of(PlanFault.ILLEGAL_TIME, paced(1, 1, 1, 0, 0), "pace.period is 0 ms"),
          of(PlanFault.ILLEGAL_TIME, paced(1, 1, 1, 1, -1), "pace.jitter is -1 ms"),
          of(PlanFault.ILLEGAL_TIME, times(0, START + 1), "times.answer is 0 ms"),
          of(PlanFault.ENDS_TOO_EARLY, times(1, START), "later than now"),
          new Case(
              PlanFault.IMAGE_NOT_LISTED,
              good -> good,
              homes -> homes.isListed = false,
              "target is 00000002"),
          new Case(
              PlanFault.DEVICE_TWICE,
              good -> good,
              homes -> homes.members.add(homes.members.get(3)),
              "device 00DB123400000003 is twice in the estate"),
          new Case(
              PlanFault.NOT_NOW,
              good -> good,
              homes -> homes.capacity = new CapacityAnswer.NotNow(START + 7),
              (START + 7) + " or later: the earliest slot"),
          new Case(
              PlanFault.NO_CAPACITY,
              good -> good,
              homes -> homes.capacity = new CapacityAnswer.No("more than a year"),
              "more than a year"),
          new Case(
              PlanFault.ENDS_TOO_EARLY,
              good -> good,
              homes -> homes.capacity = new CapacityAnswer.Fits(Long.MAX_VALUE),
              "so long the WAN needs"),
          new Case(
              PlanFault.NAME_IN_USE, good -> good, homes -> homes.create(GOOD), "name is spring"),
          new Case(
              PlanFault.DEVICE_IN_ANOTHER_CAMPAIGN,
              good -> named("autumn"),
              homes -> homes.create(GOOD),
              "in campaign spring, one of 10"));

  @Test
  void eachFaultIsRefusedByItsNameAndNothingIsKept() {
    Set<PlanFault> met = EnumSet.noneOf(PlanFault.class);
    for (Case each : CASES) {
      StandIns homes = new StandIns().homes(10);
      each.world().accept(homes);
      int kept = homes.store.load().size();
      homes.create(each.plan().apply(GOOD));
      assertThat(homes.last())
          .as(each.fault().toString())
          .isInstanceOf(CampaignEvent.Refused.class);
      List<PlanRefusal> refusals = ((CampaignEvent.Refused) homes.last()).refusals();
      assertThat(refusals).as(each.toString()).anyMatch(one -> one.fault() == each.fault());
      assertThat(refusals.toString()).contains(each.says());
      assertThat(homes.store.load()).hasSize(kept);
      assertThat(homes.asked().dryRun(each.plan().apply(GOOD), 1, homes.now()).refusals())
          .isEqualTo(refusals);
      met.add(each.fault());
    }
    assertThat(met).isEqualTo(EnumSet.allOf(PlanFault.class));
  }

  @Test
  void aPlanWithoutFaultIsAccepted() {
    StandIns homes = new StandIns().homes(10);
    homes.create(GOOD);
    assertThat(homes.last()).isInstanceOf(CampaignEvent.Accepted.class);
  }
}
