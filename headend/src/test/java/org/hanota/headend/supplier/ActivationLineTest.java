// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.supplier.CampaignRecords.Activation;
import org.junit.jupiter.api.Test;

/** How many 11.3 go out, and when the next ones may. */
class ActivationLineTest {
  private static final long MINUTE = 60_000;
  private static final long NOW = 1_795_000_050_000L;
  private static final CampaignPlan.Pace PACE = new CampaignPlan.Pace(100, 100, 3, MINUTE, 0, 1);
  private static final Eui64 SUPPLIER = Eui64.of(1);

  private final ActivationLine line = new ActivationLine();

  private void waiting(String region, int devices) {
    for (int i = 0; i < devices; i++) {
      line.add(Activation.waiting("spring", Eui64.of(region.hashCode() * 1_000L + i), region));
    }
  }

  /** All that may go goes; returns how many. */
  private int sent(long utcMillis, long most) {
    int count = 0;
    for (Activation each : line.due(PACE, utcMillis, most)) {
      MessageId request = new MessageId(SUPPLIER, each.device(), utcMillis);
      line.remove(each);
      line.add(
          new Activation(
              each.campaign(), each.device(), each.region(), Optional.of(request), utcMillis));
      count++;
    }
    return count;
  }

  @Test
  void aRegionGetsNoMoreInAPeriodThanItsPlanSays() {
    waiting("South", 10);
    assertThat(line.nextUtcMillis(PACE, NOW)).isEqualTo(NOW);
    assertThat(sent(NOW, 1_000)).isEqualTo(3);
    assertThat(sent(NOW + 1, 1_000)).isZero();
    long next = line.nextUtcMillis(PACE, NOW + 1);
    assertThat(next).isEqualTo((NOW / MINUTE + 1) * MINUTE);
    assertThat(sent(next - 1, 1_000)).isZero();
    assertThat(sent(next, 1_000)).isEqualTo(3);
    assertThat(sent(next + MINUTE, 1_000)).isEqualTo(3);
    assertThat(sent(next + 2 * MINUTE, 1_000)).isEqualTo(1);
    assertThat(line.nextUtcMillis(PACE, next + 2 * MINUTE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void regionsDoNotTakeEachOthersPlacesAndACallHasItsLimit() {
    waiting("North", 10);
    waiting("South", 2);
    assertThat(sent(NOW, 4)).isEqualTo(4);
    assertThat(line.nextUtcMillis(PACE, NOW)).isEqualTo(NOW);
    assertThat(sent(NOW, 4)).isEqualTo(1);
    assertThat(line.waiting()).hasSize(7);
  }

  /** The records that were kept say how many went out in the period that goes on. */
  @Test
  void aRestartGivesNoPlacesBack() {
    MessageId request = new MessageId(SUPPLIER, Eui64.of(9), 1);
    line.add(new Activation("spring", Eui64.of(9), "South", Optional.of(request), NOW - 5));
    line.add(new Activation("spring", Eui64.of(8), "South", Optional.of(request), NOW - MINUTE));
    waiting("South", 10);
    assertThat(sent(NOW, 1_000)).isEqualTo(2);
  }
}
