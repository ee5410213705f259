// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hanota.api.ParameterValues;
import org.hanota.headend.capacity.CapacityPlan.Wanted;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.InMemoryRecordStore;
import org.junit.jupiter.api.Test;

class CapacityPlanTest {
  private static final long DAY = 86_400_000;
  private static final long FROM = 20_800 * DAY;
  private static final long IMAGE = 768_000;
  private static final ParameterValues<CapacityParameter> PARAMETERS =
      ParameterValues.defaults(CapacityParameter.class);

  private final Changes changes = new Changes();
  private final CapacityPlan plan = new CapacityPlan(RegionCapacity.all(PARAMETERS), changes);

  private static Wanted north(long days) {
    return new Wanted(IMAGE, Map.of("North", 1_000_000L), FROM, FROM + days * DAY);
  }

  @Test
  void aCampaignThatFitsIsPromisedItsRoomAndSaysWhenItIsDone() {
    CapacityAnswer answer = plan.book("spring", north(30));
    assertThat(answer).isInstanceOf(CapacityAnswer.Fits.class);
    RegionCapacity north = RegionCapacity.all(PARAMETERS).get(0);
    long octets = north.octets(IMAGE) * 500;
    long days = (octets + north.dayOctets() - 1) / north.dayOctets();
    assertThat(((CapacityAnswer.Fits) answer).endsUtcMillis()).isEqualTo(FROM + days * DAY);
    long sum = 0;
    for (long day = 20_800; day < 20_900; day++) {
      assertThat(plan.promised("North", day)).isLessThanOrEqualTo(north.dayOctets());
      sum += plan.promised("North", day);
    }
    assertThat(sum).isEqualTo(octets);
  }

  /** C20: "not now" has an earliest slot, in which it fits; "no" has none. */
  @Test
  void notNowNamesTheEarliestSlotAndIsNotNo() {
    plan.book("spring", north(30));
    CapacityAnswer answer = plan.answer("summer", north(5));
    assertThat(answer).isInstanceOf(CapacityAnswer.NotNow.class);
    long slot = ((CapacityAnswer.NotNow) answer).earliestUtcMillis();
    assertThat(slot).isGreaterThan(FROM);
    assertThat(
            plan.answer(
                "summer", new Wanted(IMAGE, Map.of("North", 1_000_000L), slot, slot + 5 * DAY)))
        .isInstanceOf(CapacityAnswer.Fits.class);
    long before = slot - DAY;
    assertThat(
            plan.answer(
                "summer", new Wanted(IMAGE, Map.of("North", 1_000_000L), before, before + 5 * DAY)))
        .isEqualTo(new CapacityAnswer.NotNow(slot));
    assertThat(plan.answer("summer", north(1)))
        .isInstanceOfSatisfying(
            CapacityAnswer.No.class,
            no -> assertThat(no.reason()).contains("North", "if nothing else is there"));
  }

  /** A campaign that goes on is in nobody's way but its own. */
  @Test
  void whatWasPromisedToACampaignIsNotInItsOwnWay() {
    plan.book("spring", north(30));
    assertThat(plan.answer("summer", north(5))).isInstanceOf(CapacityAnswer.NotNow.class);
    assertThat(plan.answer("spring", north(5))).isInstanceOf(CapacityAnswer.Fits.class);
    plan.book("spring", north(30));
    long day = FROM / DAY;
    long once = plan.promised("North", day);
    assertThat(once).isPositive();
    plan.book("spring", north(30));
    assertThat(plan.promised("North", day)).isEqualTo(once);
  }

  @Test
  void whatAStoppedCampaignWasPromisedIsFreeAgainAndBookingsOutliveARestart() {
    plan.book("spring", north(30));
    InMemoryRecordStore store = new InMemoryRecordStore();
    changes.save(store);
    CapacityPlan again = new CapacityPlan(RegionCapacity.all(PARAMETERS), new Changes());
    store.load().forEach(each -> assertThat(again.load(each)).isTrue());
    for (long day = 20_800; day < 20_820; day++) {
      assertThat(again.promised("North", day)).isEqualTo(plan.promised("North", day));
    }
    assertThat(again.answer("summer", north(5))).isInstanceOf(CapacityAnswer.NotNow.class);
    again.release("spring", FROM);
    assertThat(again.answer("summer", north(5))).isInstanceOf(CapacityAnswer.Fits.class);
  }

  /** Firmware never delays a critical command beyond its limit: such a WAN gets none. */
  @Test
  void aPacketThatWouldDelayACriticalCommandTooLongIsRefused() {
    ParameterValues<CapacityParameter> slow =
        PARAMETERS
            .with(CapacityParameter.CELL_RATE_NORTH, 50)
            .with(CapacityParameter.METER_OCTETS, 0);
    CapacityPlan tight = new CapacityPlan(RegionCapacity.all(slow), new Changes());
    assertThat(tight.answer("summer", north(300)))
        .isEqualTo(
            new CapacityAnswer.No(
                "North: a packet of firmware delays a critical command by 20000 ms, allowed"
                    + " 16000"));
  }

  @Test
  void aRegionThatIsNotThereIsNamed() {
    assertThat(plan.answer("summer", new Wanted(IMAGE, Map.of("East", 1L), FROM, FROM + DAY)))
        .isEqualTo(new CapacityAnswer.No("region East, allowed Central, North, South"));
  }
}
