// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hanota.api.machine.SendOptions.Priority;
import org.hanota.sim.radio.RadioHome.MeterFrame;
import org.junit.jupiter.api.Test;

/** P11: four devices and a meter share one channel, and none of them loses by it. */
class SharedChannelTest {
  private static final int IMAGE_OCTETS = 100_000;
  private static final RadioSettings SETTINGS = RadioSettings.of(Band.GHZ_2_4);

  private static double millis(RadioSettings settings, int devices, double loss) {
    return new RadioHome(settings, 5, devices, loss, IMAGE_OCTETS).run(1).millisPerExchange();
  }

  @Test
  void fourDevicesTogetherAreAsFastAsOne() {
    double one = millis(SETTINGS, 1, 0);
    assertThat(one / millis(SETTINGS, 4, 0)).isGreaterThanOrEqualTo(0.95);
    assertThat(one / millis(SETTINGS, 4, 0.01)).isGreaterThanOrEqualTo(0.90);
  }

  /** Why a hub lets the receiver of a block speak first. */
  @Test
  void withoutTheYieldAfterABlockHubAndDevicesDamageEachOthersFrames() {
    RadioSettings settings = SETTINGS.with(RadioParameter.BLOCK_YIELD, 0);
    assertThat(millis(settings, 1, 0) / millis(settings, 4, 0)).isLessThan(0.95);
  }

  @Test
  void aMeterFrameWaitsForNoMoreThanTheBlockOnTheAir() {
    RadioHome home = metered(Priority.METERING);
    assertThat(home.meterFrames).hasSizeGreaterThan(300);
    assertThat(mostPassedBy(home)).isLessThanOrEqualTo(1);
    long[] waits =
        home.meterFrames.stream()
            .filter(frame -> frame.onAir >= 0)
            .mapToLong(frame -> frame.onAir - frame.given)
            .sorted()
            .toArray();
    System.out.printf(
        "meter frames beside four transfers wait %.1f ms in the median, %.1f ms at 99 %%, %.1f ms at"
            + " most%n",
        waits[waits.length / 2] / 1e6,
        waits[waits.length * 99 / 100] / 1e6,
        waits[waits.length - 1] / 1e6);
    assertThat(home.meterFates).isEqualTo(Map.of(Fate.DELIVERED, waits.length));
  }

  @Test
  void aMeterFrameThatWaitsAmongBlocksIsFound() {
    assertThat(mostPassedBy(metered(Priority.BULK))).isGreaterThan(1);
  }

  private static RadioHome metered(Priority priority) {
    return new RadioHome(SETTINGS, 5, 4, 0, IMAGE_OCTETS).meterEvery(233, priority).run(1);
  }

  private static int mostPassedBy(RadioHome home) {
    return home.meterFrames.stream().mapToInt((MeterFrame frame) -> frame.passedBy).max().orElse(0);
  }

  @Test
  void theSameSeedGivesTheSameTimesAndAnotherGivesOthers() {
    RadioHome first = new RadioHome(SETTINGS, 5, 2, 0.05, 5_000).keeping().run(1);
    RadioHome again = new RadioHome(SETTINGS, 5, 2, 0.05, 5_000).keeping().run(1);
    RadioHome other = new RadioHome(SETTINGS, 6, 2, 0.05, 5_000).keeping().run(1);
    assertThat(again.sent).isEqualTo(first.sent);
    assertThat(other.sent).isNotEqualTo(first.sent);
  }
}
