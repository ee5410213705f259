// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hanota.api.machine.TransitionTable;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.headend.campaign.CampaignModel.Violated;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;
import org.hanota.testing.StateDocument;
import org.junit.jupiter.api.Test;

/** Whatever people say and devices do, the rules of campaigns hold; planted faults are found. */
class CampaignPropertyTest {
  private static final int RUNS = Integer.getInteger("hanota.campaigns", 200);

  @Test
  void theDiagramsInTheDocumentsAreThoseOfTheTables() throws IOException {
    StateDocument.check(
        "campaign-states.md",
        "A campaign",
        "org.hanota.headend.campaign.CampaignTransitions",
        CampaignTransitions.TABLE);
    StateDocument.check(
        "campaign-group-states.md",
        "A wave of a campaign",
        "org.hanota.headend.campaign.GroupTransitions",
        GroupTransitions.TABLE);
    StateDocument.check(
        "campaign-device-states.md",
        "A device in a campaign",
        "org.hanota.headend.campaign.DeviceTransitions",
        DeviceTransitions.TABLE);
  }

  @Test
  void whateverHappensTheRulesHoldAndEachEdgeIsTaken() {
    Set<Edge<CampaignState, CampaignStimulus>> campaign = new HashSet<>();
    Set<Edge<GroupState, GroupStimulus>> group = new HashSet<>();
    Set<Edge<DeviceState, DeviceStimulus>> device = new HashSet<>();
    Tables watched =
        new Tables(
            CampaignTransitions.TABLE.watchedBy(campaign::add),
            GroupTransitions.TABLE.watchedBy(group::add),
            DeviceTransitions.TABLE.watchedBy(device::add));
    Set<String> reached = new HashSet<>();
    for (int seed = 1; seed <= RUNS; seed++) {
      reached.addAll(CampaignModel.run(seed, watched));
    }
    assertThat(campaign).containsExactlyInAnyOrderElementsOf(CampaignTransitions.TABLE.edges());
    assertThat(group).containsExactlyInAnyOrderElementsOf(GroupTransitions.TABLE.edges());
    assertThat(device).containsExactlyInAnyOrderElementsOf(DeviceTransitions.TABLE.edges());
    assertThat(reached)
        .contains(
            "stopped with requests under way",
            "a restart while it was stopped",
            "a report after an end");
  }

  /** User demand 46: the stop is one decision, whatever else fails in the same call. */
  @Test
  void severalGroupsThatFailInTheSamePassStopItAllTheSame() {
    for (int seed = 1; seed <= 40; seed++) {
      int groups = 2 + seed % 4;
      StandIns homes = new StandIns().homes(10 * groups + seed);
      homes.answers = member -> List.of();
      GroupPlan[] waves = new GroupPlan[groups];
      for (int i = 0; i < groups; i++) {
        waves[i] =
            new GroupPlan(
                "wave " + i,
                DeviceQuery.all(),
                i == groups - 1 ? new GroupSize.All() : new GroupSize.Count(10),
                new Threshold.Count(1),
                new Threshold.Count(1 + seed % 7),
                0,
                false);
      }
      homes.begin(
          StandIns.with(
              StandIns.plan(waves),
              new CampaignPlan.Pace(1_000, 1_000, 1_000, StandIns.MINUTE, 0, seed)));
      for (int i = 0; i < groups; i++) {
        // The first device of each wave succeeds, so that all waves are under way at once.
        homes.input(
            new CampaignInput.Report(
                homes.orders.get(10 * i).member().device(),
                new CampaignInput.DeviceReport.Runs(StandIns.NEW)));
      }
      int orders = homes.orders.size();
      assertThat(orders).isEqualTo(homes.members.size());
      homes.events.clear();
      homes.utc = StandIns.START + 8 * StandIns.DAY;
      homes.timer();
      assertThat(homes.status().state()).isEqualTo(CampaignState.STOPPED);
      assertThat(homes.status().waves()).allMatch(each -> each.state() == GroupState.FAILED);
      assertThat(homes.events(CampaignEvent.Stopped.class)).hasSize(1);
      assertThat(homes.halts).isEqualTo(1);
      homes.restart();
      homes.runUntil(homes.utc + StandIns.DAY);
      assertThat(homes.orders).hasSize(orders);
      assertThat(homes.status().state()).isEqualTo(CampaignState.STOPPED);
    }
  }

  /** A fault of a table, and what finds it. */
  private record Planted(String name, Tables tables) {}

  private static <S extends Enum<S>, I extends Enum<I>, M> TransitionTable<S, I, M> with(
      TransitionTable<S, I, M> exact,
      Class<S> states,
      Class<I> stimuli,
      S from,
      I stimulus,
      S to,
      TransitionTable.Act<M> act) {
    TransitionTable.Builder<S, I, M> table = TransitionTable.of(states, stimuli);
    for (S state : states.getEnumConstants()) {
      for (I each : stimuli.getEnumConstants()) {
        if (state == from && each == stimulus) {
          table.go(state, each, "", "planted", act, to);
        } else {
          table.choose(
              state,
              each,
              "",
              "as it is",
              (machine, found) -> exact.fire(found, each, machine),
              EnumSet.allOf(states));
        }
      }
    }
    return table.build();
  }

  private static Tables campaign(CampaignState from, CampaignStimulus stimulus, CampaignState to) {
    return new Tables(
        with(
            CampaignTransitions.TABLE,
            CampaignState.class,
            CampaignStimulus.class,
            from,
            stimulus,
            to,
            CampaignStep::move),
        GroupTransitions.TABLE,
        DeviceTransitions.TABLE);
  }

  private static Tables group(GroupState from, GroupStimulus stimulus, GroupState to) {
    return new Tables(
        CampaignTransitions.TABLE,
        with(
            GroupTransitions.TABLE,
            GroupState.class,
            GroupStimulus.class,
            from,
            stimulus,
            to,
            Group::move),
        DeviceTransitions.TABLE);
  }

  private static Tables device(DeviceState from, DeviceStimulus stimulus, DeviceState to) {
    return new Tables(
        CampaignTransitions.TABLE,
        GroupTransitions.TABLE,
        with(
            DeviceTransitions.TABLE,
            DeviceState.class,
            DeviceStimulus.class,
            from,
            stimulus,
            to,
            DeviceStep::move));
  }

  private static final List<Planted> FAULTS =
      List.of(
          new Planted(
              "a stop of a running campaign is not kept",
              campaign(CampaignState.RUNNING, CampaignStimulus.STOP, CampaignState.RUNNING)),
          new Planted(
              "a paused campaign cannot be stopped",
              campaign(CampaignState.PAUSED, CampaignStimulus.STOP, CampaignState.PAUSED)),
          new Planted(
              "too many failures only pause",
              campaign(
                  CampaignState.RUNNING, CampaignStimulus.TOO_MANY_FAILED, CampaignState.RUNNING)),
          new Planted(
              "a cancelled campaign resumes",
              campaign(CampaignState.CANCELLED, CampaignStimulus.RESUME, CampaignState.RUNNING)),
          new Planted(
              "a campaign outlives its end",
              campaign(CampaignState.PAUSED, CampaignStimulus.TIME_OVER, CampaignState.PAUSED)),
          new Planted(
              "a wave that failed is taken for good",
              group(GroupState.RUNNING, GroupStimulus.TOO_MANY_FAILED, GroupState.RELEASED)),
          new Planted(
              "a wave out of reach lets the next one follow",
              group(GroupState.RUNNING, GroupStimulus.OUT_OF_REACH, GroupState.RELEASED)),
          new Planted(
              "the word of somebody else is a success",
              device(DeviceState.REQUESTED, DeviceStimulus.CLAIMED, DeviceState.UPDATED)),
          new Planted(
              "a wrong version is a success",
              device(DeviceState.REQUESTED, DeviceStimulus.OTHER_VERSION, DeviceState.UPDATED)),
          new Planted(
              "silence is not counted",
              device(DeviceState.REQUESTED, DeviceStimulus.SILENCE, DeviceState.CURRENT)),
          new Planted(
              "an end is left",
              device(DeviceState.FAILED, DeviceStimulus.CONFIRMED, DeviceState.UPDATED)),
          new Planted(
              "a request that is held back is a success when it is let go",
              device(DeviceState.HELD, DeviceStimulus.LET_GO, DeviceState.UPDATED)));

  @Test
  void eachPlantedFaultIsFound() {
    List<String> missed = new ArrayList<>();
    for (Planted each : FAULTS) {
      boolean isFound = false;
      for (int seed = 1; seed <= RUNS && !isFound; seed++) {
        int number = seed;
        Throwable thrown = catchThrowable(() -> CampaignModel.run(number, each.tables()));
        isFound = thrown instanceof Violated;
        if (thrown != null && !isFound) {
          throw new AssertionError(each.name() + " seed " + seed, thrown);
        }
      }
      if (!isFound) {
        missed.add(each.name());
      }
    }
    assertThat(missed).isEmpty();
  }
}
