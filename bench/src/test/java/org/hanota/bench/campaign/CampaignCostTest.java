// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** P15: what a campaign costs, with a million devices. */
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.HOURS)
class CampaignCostTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final int DEVICES = SHORT ? 50_000 : 1_000_000;

  /** A short run is half warm-up, and compilers and collectors need cores that others may have. */
  private static final double SHARE_OF_BARE = SHORT ? 0.35 : 0.5;

  @Test
  void p15() {
    CampaignCost.Cost cost = CampaignCost.measure(DEVICES);
    System.out.println(cost);
    assertThat(cost.kept()).as("records in the file that was measured").isEqualTo(DEVICES);
    assertThat(cost.heapOctets()).isLessThanOrEqualTo(1_024);
    assertThat(cost.storeOctets()).isLessThanOrEqualTo(600);
    assertThat(cost.share()).as("share of a bare batch").isGreaterThanOrEqualTo(SHARE_OF_BARE);
    assertThat(cost.stopSteps()).as("commits of a stop").isEqualTo(1);
  }
}
