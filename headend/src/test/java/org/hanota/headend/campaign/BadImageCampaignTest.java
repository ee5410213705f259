// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.campaign.StandIns.DAY;
import static org.hanota.headend.campaign.StandIns.HOUR;
import static org.hanota.headend.campaign.StandIns.MINUTE;
import static org.hanota.headend.campaign.StandIns.all;
import static org.hanota.headend.campaign.StandIns.canary;
import static org.hanota.headend.campaign.StandIns.plan;
import static org.hanota.headend.campaign.StandIns.share;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.SeededRandom;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;
import org.hanota.headend.store.InMemoryRecordStore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A campaign over 10,000 homes with a bad image, at the level of transfers: each device draws how
 * long it takes and how it ends.
 */
class BadImageCampaignTest {
  private static final int HOMES = 10_000;
  private static final int FAILURES = 50;
  private static final int CONCURRENT = 400;

  /** One in five fails; a device that fails keeps the image that it has. */
  private static StandIns.Answer answer(Member member, int badOfHundred) {
    SeededRandom random = SeededRandom.of(17, member.device().value(), 1);
    long after = HOUR + random.belowLong(DAY);
    return random.below(100) < badOfHundred ? StandIns.fails(after) : StandIns.confirms(after);
  }

  private static CampaignPlan bad() {
    return StandIns.with(
        plan(
            canary(200, share(1, 2, 100), new Threshold.Count(200)),
            all(share(99, 100, 1_000), new Threshold.Count(FAILURES))),
        new CampaignPlan.Pace(CONCURRENT / 2, CONCURRENT / 2, 100, MINUTE, 2 * HOUR, 17));
  }

  private static StandIns homes() {
    StandIns homes = new StandIns().homes(HOMES);
    homes.answers = member -> List.of(answer(member, 20));
    return homes;
  }

  private static void runUntilItStops(StandIns homes) {
    while (homes.status().state() == CampaignState.RUNNING) {
      homes.runUntil(homes.utc + 10 * MINUTE);
    }
  }

  @Test
  void itStopsAtExactlyTheNumberThatItsThresholdSays() {
    StandIns homes = homes();
    homes.begin(bad());
    runUntilItStops(homes);
    CampaignEvent.Stopped stopped = homes.events(CampaignEvent.Stopped.class).get(0);
    assertThat(stopped.reason())
        .startsWith("group all: " + FAILURES + " of ")
        .endsWith("that ended have failed, threshold 50 devices");
    assertThat(stopped.by()).isEqualTo("its threshold");
    assertThat(stopped.underWay()).isPositive().isLessThanOrEqualTo(CONCURRENT);
    int orders = homes.orders.size();
    long ended = homes.status().of(DeviceState.UPDATED) + homes.status().of(DeviceState.FAILED);
    assertThat(orders).isLessThan(HOMES / 10);
    homes.run();
    // What was under way came to its end, and nothing new went out.
    assertThat(homes.orders).hasSize(orders);
    assertThat(homes.status().underWay()).isZero();
    assertThat(ended).isLessThan(orders);
    assertThat(homes.status().of(DeviceState.WAITING)).isEqualTo(HOMES - orders);
  }

  /** The same with the head end killed at 20 random moments: not one request more goes out. */
  @Test
  void theSameWithTheHeadEndKilledAtTwentyRandomMoments() {
    for (int seed = 1; seed <= 3; seed++) {
      StandIns homes = homes();
      SeededRandom random = SeededRandom.of(seed, 0, 2);
      Set<Integer> cuts = new TreeSet<>();
      while (cuts.size() < 20) {
        cuts.add(3 + random.below(500));
      }
      CutRecords store = new CutRecords(new InMemoryRecordStore(), cuts);
      homes.store = store;
      homes.restart();
      homes.restarts = 0;
      Set<Integer> acknowledged = new HashSet<>();
      homes.answers =
          member ->
              acknowledged.add(member.device().hashCode())
                  ? List.of(
                      new StandIns.Answer(1, new DeviceReport.Acknowledged()), answer(member, 20))
                  : List.of();
      homes.begin(bad());
      runUntilItStops(homes);
      assertThat(store.saves()).as("seed " + seed).isGreaterThan(503);
      assertThat(homes.restarts).as("seed " + seed).isEqualTo(20);
      assertThat(homes.status().reason())
          .as("seed " + seed)
          .startsWith("group all: " + FAILURES + " of ");
      int orders = homes.orders.size();
      homes.restart();
      homes.run();
      homes.restart();
      homes.run();
      assertThat(homes.orders).as("seed " + seed).hasSize(orders);
      Set<Member> asked = new HashSet<>();
      homes.orders.forEach(each -> asked.add(each.member()));
      // Once each, but for those of whom a restart could not know whether it went out.
      assertThat(orders - asked.size()).as("seed " + seed).isLessThan(20 * 10);
      assertThat(homes.status().of(DeviceState.WAITING)).isEqualTo(HOMES - asked.size());
    }
  }

  @Test
  @DisplayName("attack 27: a stop that comes between the decision and the last request")
  void attack27() {
    for (int seed = 1; seed <= 10; seed++) {
      StandIns homes = homes();
      homes.begin(bad());
      homes.runUntil(StandIns.START + SeededRandom.of(seed, 0, 4).belowLong(4 * HOUR));
      CutRecords store = new CutRecords(homes.store, Set.of());
      homes.store = store;
      homes.restart();
      int saves = store.saves();
      int orders = homes.orders.size();
      homes.stop();
      assertThat(store.saves() - saves).as("one step is kept, seed " + seed).isEqualTo(1);
      assertThat(homes.last())
          .isInstanceOfSatisfying(
              CampaignEvent.Stopped.class,
              stopped -> assertThat(stopped.underWay()).isLessThanOrEqualTo(CONCURRENT));
      homes.run();
      homes.restart();
      homes.timer();
      assertThat(homes.orders).as("seed " + seed).hasSize(orders);
    }
  }
}
