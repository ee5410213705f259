// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hanota.headend.campaign.CampaignPlan.GroupPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountedCampaignTest {
  private static final Threshold NINE_OF_TEN = new Threshold.Share(90, 100, 50);
  private static final Threshold ONE_OF_TEN = new Threshold.Share(10, 100, 20);

  private final CountedCampaign campaign =
      new CountedCampaign(List.of(wave("canary", 1_000), wave("rest", 0)));

  private static GroupPlan wave(String name, long soakMillis) {
    return new GroupPlan(
        name, DeviceQuery.all(), new GroupSize.All(), NINE_OF_TEN, ONE_OF_TEN, soakMillis, false);
  }

  @BeforeEach
  void begin() {
    campaign.enrol(0, 100);
    campaign.enrol(1, 1_000);
    campaign.start(0);
    campaign.count(0, DeviceState.WAITING, DeviceState.ORDERED, 100);
  }

  @Test
  void theNextWaveFollowsWhenEnoughHaveSucceededAndTheSoakIsOver() {
    campaign.count(0, DeviceState.ORDERED, DeviceState.UPDATED, 49);
    campaign.judge(10);
    assertThat(campaign.state(0)).isEqualTo(GroupState.RUNNING);
    campaign.count(0, DeviceState.ORDERED, DeviceState.UPDATED, 1);
    campaign.judge(20);
    assertThat(campaign.state(0)).isEqualTo(GroupState.SOAKING);
    campaign.judge(1_019);
    assertThat(campaign.state(1)).isEqualTo(GroupState.WAITING);
    campaign.judge(1_020);
    assertThat(campaign.state(1)).isEqualTo(GroupState.RUNNING);
  }

  @Test
  void tooManyFailuresStopIt() {
    campaign.count(0, DeviceState.ORDERED, DeviceState.UPDATED, 19);
    campaign.count(0, DeviceState.ORDERED, DeviceState.FAILED, 2);
    campaign.judge(10);
    assertThat(campaign.state()).isEqualTo(CampaignState.RUNNING);
    campaign.count(0, DeviceState.ORDERED, DeviceState.FAILED, 1);
    campaign.judge(20);
    assertThat(campaign.state()).isEqualTo(CampaignState.STOPPED);
    assertThat(campaign.decisions().get(campaign.decisions().size() - 1).why())
        .isEqualTo(
            "group canary: 3 of 22 that ended have failed, threshold 10 of 100 that have ended, at"
                + " least 20");
  }
}
