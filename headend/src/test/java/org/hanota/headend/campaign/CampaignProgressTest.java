// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.campaign.StandIns.HOUR;
import static org.hanota.headend.campaign.StandIns.NAME;
import static org.hanota.headend.campaign.StandIns.START;

import java.util.List;
import org.hanota.api.ParameterValues;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;
import org.junit.jupiter.api.Test;

/** What a campaign's charts are drawn from. */
class CampaignProgressTest {
  private static final int POINTS = 50;
  private static final long DAY = 24 * HOUR;

  private final StandIns homes = new StandIns().homes(100);

  private CampaignProgress progress() {
    return homes.asked().view().progress(NAME, POINTS, homes.utc).orElseThrow();
  }

  private static long last(List<Long> values) {
    return values.get(values.size() - 1);
  }

  @Test
  void itsLinesRiseToWhatTheStatusCountsAndOutliveARestart() {
    homes.create(StandIns.plan(StandIns.all(StandIns.share(1, 2, 1), new Threshold.Count(100))));
    assertThat(progress().utcMillis()).as("nothing has gone out").isEmpty();
    homes.answers =
        member ->
            member.device().value() % 4 == 0
                ? List.of(StandIns.fails(2 * HOUR))
                : List.of(StandIns.confirms(HOUR));
    homes.input(new CampaignInput.Start(NAME, "somebody"));
    homes.run();
    CampaignProgress before = progress();
    assertThat(before.utcMillis()).hasSize(POINTS).isSorted();
    for (List<Long> line : List.of(before.put(), before.updated(), before.notUpdated())) {
      assertThat(line).hasSize(POINTS).isSorted();
    }
    assertThat(last(before.put())).isEqualTo(100);
    assertThat(last(before.updated()))
        .isEqualTo(homes.status().of(DeviceState.UPDATED))
        .isPositive();
    assertThat(last(before.notUpdated()))
        .isEqualTo(homes.status().of(DeviceState.FAILED))
        .isPositive();
    // An hour after the first request nobody had answered, and somebody had after it.
    int early = (int) ((HOUR - 1) / (before.utcMillis().get(1) - before.utcMillis().get(0)));
    assertThat(before.updated().get(early)).isZero();
    homes.restart();
    assertThat(progress()).isEqualTo(before);
  }

  @Test
  void whatWentOverTheWanIsThatOfTheCellThatGotMost() {
    homes.create(StandIns.plan(StandIns.all(StandIns.share(1, 2, 1), new Threshold.Count(100))));
    homes.input(new CampaignInput.Start(NAME, "somebody"));
    homes.runUntil(START + HOUR);
    List<RegionCapacity> regions =
        RegionCapacity.all(ParameterValues.defaults(CapacityParameter.class));
    CellUse use = homes.asked().view().use(regions, START / DAY);
    long image = homes.asked().view().plan(NAME).orElseThrow().target().octets();
    for (RegionCapacity region : regions) {
      long most =
          homes.members.stream()
              .map(Member::cell)
              .distinct()
              .filter(cell -> cell.region().equals(region.name()))
              .mapToLong(
                  cell ->
                      homes.orders.stream()
                          .filter(each -> each.member().cell().equals(cell))
                          .count())
              .max()
              .orElse(0);
      assertThat(use.octets(region.name(), START / DAY))
          .as(region.name())
          .isEqualTo(most * region.octets(image));
      assertThat(use.octets(region.name(), START / DAY - 1)).isZero();
    }
    assertThat(use.octets("North", START / DAY) + use.octets("South", START / DAY)).isPositive();
  }
}
