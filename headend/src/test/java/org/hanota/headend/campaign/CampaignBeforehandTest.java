// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.campaign.StandIns.DAY;
import static org.hanota.headend.campaign.StandIns.HOUR;
import static org.hanota.headend.campaign.StandIns.MINUTE;
import static org.hanota.headend.campaign.StandIns.NAME;
import static org.hanota.headend.campaign.StandIns.NEVER;
import static org.hanota.headend.campaign.StandIns.NINE_OF_TEN;
import static org.hanota.headend.campaign.StandIns.START;
import static org.hanota.headend.campaign.StandIns.all;
import static org.hanota.headend.campaign.StandIns.plan;
import static org.hanota.headend.campaign.StandIns.share;
import static org.hanota.headend.campaign.StandIns.waves;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.CapacityPlan;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.store.Changes;
import org.junit.jupiter.api.Test;

/** What a person learns of a campaign before it starts. */
class CampaignBeforehandTest {
  private final StandIns homes = new StandIns().homes(100);

  @Test
  void theActivationOfAMeterIsWarnedOfWhereOthersOfItsHomeTransfer() {
    StandIns mixed = new StandIns();
    mixed.members.add(StandIns.member(0, DeviceType.ESME));
    mixed.members.add(StandIns.member(1, DeviceType.PPMID));
    mixed.members.add(StandIns.member(2, DeviceType.ESME));
    mixed.create(plan(all(share(1, 2, 1), new Threshold.Count(2))));
    assertThat(mixed.events(CampaignEvent.Accepted.class).get(0).warnings())
        .containsExactly(
            new CoupledActivation(
                mixed.members.get(0).hub(),
                mixed.members.get(0).device(),
                List.of(mixed.members.get(1).device())));
  }

  /** C20: a campaign that the WAN has no room for now is refused with the earliest slot. */
  @Test
  void aSecondCampaignIsRefusedWithTheSlotAtWhichItFits() {
    CapacityPlan wan =
        new CapacityPlan(
            RegionCapacity.all(ParameterValues.defaults(CapacityParameter.class)), new Changes());
    CampaignPlan plan = plan(all(NINE_OF_TEN, NEVER));
    CampaignPlan.Times tight = new CampaignPlan.Times(7 * DAY, START + 2 * DAY);
    plan =
        new CampaignPlan(NAME, plan.target(), plan.groups(), List.of(), plan.pace(), tight, false);
    // All of North's cells are promised to somebody else for a while.
    wan.book(
        "before",
        new CapacityPlan.Wanted(768_000, Map.of("North", 1_000_000L), START, START + 9 * DAY));
    homes.capacity = wan.answer(NAME, plan.wanted(homes.members, START));
    homes.create(plan);
    List<PlanRefusal> refusals = homes.events(CampaignEvent.Refused.class).get(0).refusals();
    assertThat(refusals).hasSize(1);
    assertThat(refusals.get(0).fault()).isEqualTo(PlanFault.NOT_NOW);
    long slot = ((CapacityAnswer.NotNow) homes.capacity).earliestUtcMillis();
    assertThat(refusals.get(0).allowed()).startsWith(slot + " or later");
    assertThat(wan.answer(NAME, plan.wanted(homes.members, START)))
        .isEqualTo(new CapacityAnswer.NotNow(slot));
    assertThat(
            wan.answer(
                NAME,
                new CapacityPlan.Wanted(
                    768_000, plan.wanted(homes.members, START).homes(), slot, slot + 2 * DAY)))
        .isInstanceOf(CapacityAnswer.Fits.class);
  }

  @Test
  void aDryRunSaysWhatTheCampaignThenDoes() {
    CampaignPlan.Pace pace = new CampaignPlan.Pace(7, 3, 2, MINUTE, HOUR, 1);
    CampaignPlan plan = StandIns.with(waves(DAY, false), pace);
    DryRun dry = homes.asked().dryRun(plan, HOUR, homes.now());
    assertThat(homes.orders).isEmpty();
    assertThat(homes.asked().view().names()).isEmpty();
    homes.begin(plan);
    homes.run();
    List<DryRun.Request> real =
        homes.orders.stream()
            .map(
                order ->
                    homes.devices().stream()
                        .filter(each -> each.device().equals(order.member().device()))
                        .map(
                            each ->
                                new DryRun.Request(
                                    order.member(), each.wave(), each.orderedUtcMillis()))
                        .findFirst()
                        .orElseThrow())
            .toList();
    assertThat(dry.requests()).isEqualTo(real);
    assertThat(dry.state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(sum(dry, "canary")).isEqualTo(10);
    assertThat(sum(dry, "all")).isEqualTo(90);
  }

  /** It ends with the campaign: that this is forgotten later on is no part of it. */
  @Test
  void aDryRunDoesNotWaitUntilItsCampaignIsForgotten() {
    ParameterValues<HeadEndParameter> parameters =
        ParameterValues.defaults(HeadEndParameter.class).with(HeadEndParameter.CAMPAIGN_KEPT, 1);
    CampaignMachine forgetful = new CampaignMachine(homes, homes.store, parameters);
    CampaignPlan plan = waves(DAY, false);
    assertThat(forgetful.dryRun(plan, HOUR, homes.now()))
        .isEqualTo(homes.asked().dryRun(plan, HOUR, homes.now()));
    // So slow that most get no turn: its time is its end.
    CampaignPlan silent = StandIns.with(plan, new CampaignPlan.Pace(1, 1, 1, 300 * DAY, 0, 1));
    assertThat(forgetful.dryRun(silent, HOUR, homes.now()).state())
        .isEqualTo(CampaignState.EXPIRED);
  }

  private static long sum(DryRun dry, String group) {
    return Objects.requireNonNull(dry.sums().get(group)).values().stream()
        .mapToLong(each -> each)
        .sum();
  }
}
