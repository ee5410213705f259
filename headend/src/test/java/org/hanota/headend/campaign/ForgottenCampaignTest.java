// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.campaign.StandIns.DAY;
import static org.hanota.headend.campaign.StandIns.NAME;
import static org.hanota.headend.campaign.StandIns.START;

import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.junit.jupiter.api.Test;

/** What is over long ago is not kept for ever. */
class ForgottenCampaignTest {
  private static final long KEPT =
      ParameterValues.defaults(HeadEndParameter.class).get(HeadEndParameter.CAMPAIGN_KEPT);

  /** More than one step takes. */
  private static final int DEVICES = 2_500;

  private final StandIns homes = new StandIns().homes(DEVICES);

  private static CampaignPlan plan() {
    return StandIns.plan(StandIns.all(StandIns.share(1, 2, 1), new Threshold.Count(DEVICES)));
  }

  @Test
  void aCampaignThatWasOverLongAgoLeavesNothingAndItsNameIsFree() {
    homes.begin(plan());
    long over = START + 365 * DAY;
    homes.runUntil(over + KEPT - 1);
    assertThat(homes.status().of(DeviceState.UPDATED)).isEqualTo(DEVICES);
    assertThat(homes.store.load()).hasSizeGreaterThan(DEVICES);
    homes.runUntil(over + KEPT);
    assertThat(homes.store.load()).isEmpty();
    assertThat(homes.asked().view().names()).isEmpty();
    assertThat(homes.events(CampaignEvent.Forgotten.class)).hasSize(1);
    homes.restart();
    CampaignPlan.Times later = new CampaignPlan.Times(7 * DAY, homes.utc + 365 * DAY);
    homes.create(
        new CampaignPlan(
            NAME, plan().target(), plan().groups(), plan().windows(), plan().pace(), later, false));
    assertThat(homes.last()).isInstanceOf(CampaignEvent.Accepted.class);
  }

  /** Each start of the machine is in the middle of it. */
  @Test
  void aRestartBetweenAnyTwoStepsLeavesNothingEither() {
    homes.begin(plan());
    homes.runUntil(START + 365 * DAY + KEPT - 1);
    homes.utc++;
    int restarts = 0;
    while (!homes.store.load().isEmpty()) {
      homes.restart();
      restarts++;
      assertThat(restarts).isLessThan(10);
    }
    assertThat(restarts).isGreaterThan(2);
    assertThat(homes.asked().view().names()).isEmpty();
  }

  @Test
  void aCampaignThatNeverStartedIsForgottenToo() {
    homes.create(plan());
    homes.runUntil(START + 365 * DAY + KEPT);
    assertThat(homes.store.load()).isEmpty();
  }
}
