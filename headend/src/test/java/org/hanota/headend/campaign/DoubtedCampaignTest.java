// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a clock that jumps far ahead does to a campaign: nothing goes out early. [hanota H130] */
class DoubtedCampaignTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  private final StandIns homes = new StandIns().homes(100).doubting();

  private void look() {
    homes.timer();
  }

  private void wrongForAnHour() {
    homes.ahead = YEAR;
    look();
    homes.runUntil(homes.utc + HOUR);
    look();
  }

  private void soaking() {
    homes.answers = member -> List.of(StandIns.confirms(1_000));
    homes.begin(StandIns.waves(2 * DAY, false));
    homes.runUntil(StandIns.START + HOUR);
    assertThat(homes.orders).hasSize(10);
  }

  @Test
  void theNextWaveWaitsForItsTimeWhateverTheClockShows() {
    soaking();
    wrongForAnHour();
    homes.restart();
    wrongForAnHour();
    assertThat(homes.orders).hasSize(10);
    homes.ahead = 0;
    look();
    homes.runUntil(StandIns.START + 3 * DAY);
    assertThat(homes.orders).hasSize(100);
    assertThat(homes.status().state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  void noCampaignEndsAndNoDeviceIsASilence() {
    homes.answers = member -> List.of();
    homes.begin(StandIns.plan(StandIns.all(StandIns.NINE_OF_TEN, StandIns.NEVER)));
    homes.runUntil(StandIns.START + HOUR);
    wrongForAnHour();
    homes.restart();
    wrongForAnHour();
    homes.ahead = 0;
    look();
    assertThat(homes.status().state()).isEqualTo(CampaignState.RUNNING);
    assertThat(homes.status().of(DeviceState.SILENT)).isZero();
    homes.runUntil(StandIns.START + 8 * DAY);
    assertThat(homes.status().of(DeviceState.SILENT)).isEqualTo(100);
  }

  @Test
  void aClockThatIsRightAfterAllLetsTheNextWaveGo() {
    soaking();
    homes.ahead = 40 * DAY;
    look();
    homes.runUntil(homes.utc + 5 * HOUR);
    assertThat(homes.orders).hasSize(10);
    homes.runUntil(homes.utc + 2 * HOUR);
    assertThat(homes.orders).hasSize(100);
  }
}
