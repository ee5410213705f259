// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import org.hanota.sim.radio.RadioHome.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * P10: a transfer of the real machines takes the time that airtime and rules allow, and no less.
 * The numbers are sums of the standard's constants, made without this code.
 */
class TransferTimeTest {
  private static final int SEEDS = 30;

  /** 2,000 blocks: with 30 seeds the mean of the back-offs lies within 0.1 % of its limit. */
  private static final int SMALL_IMAGE_OCTETS = 100_000;

  private static final long HALF_UNLIMITED_MS = 3_600_000;

  /** Turnaround and acknowledgement, look, turnaround. */
  private static final long SMALLEST_GAP_NANOS = 192_000 + 352_000 + 128_000 + 192_000;

  @Test
  void withoutChannelAccessATransferTakesItsAirtimeAlone() {
    RadioSettings settings =
        RadioSettings.of(Band.GHZ_2_4)
            .withoutChannelAccess()
            .with(RadioParameter.SPACE_AFTER_ACKNOWLEDGING, 0);
    RadioHome home = new RadioHome(settings, 1, 1, 0, RadioHome.CAPACITY_OCTETS).run(1);
    assertThat(home.requests()).isEqualTo(15_360);
    assertThat(home.millisPerExchange()).isCloseTo(7.04, withinPercentage(0.1));
  }

  @ParameterizedTest
  @CsvSource({"0, 9.92", "1, 11.20"})
  void withCarrierSenseTheMeanIsTheSumOfItsParts(long spaceAfterAcknowledging, double millis) {
    RadioSettings settings =
        RadioSettings.of(Band.GHZ_2_4)
            .with(RadioParameter.SPACE_AFTER_ACKNOWLEDGING, spaceAfterAcknowledging);
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      sum += new RadioHome(settings, seed, 1, 0, SMALL_IMAGE_OCTETS).run(1).millisPerExchange();
    }
    assertThat(sum / SEEDS).isCloseTo(millis, withinPercentage(0.5));
  }

  @ParameterizedTest
  @CsvSource({"0, 30.36", "100000, 109.92"})
  void at868MhzListeningAndOffTimeSetThePace(long offMicros, double millis) {
    RadioSettings settings =
        RadioSettings.of(Band.MHZ_868)
            .with(RadioParameter.REGULATED_DUTY, HALF_UNLIMITED_MS)
            .with(RadioParameter.CRITICAL_DUTY, HALF_UNLIMITED_MS)
            .with(RadioParameter.LIMITED_DUTY, HALF_UNLIMITED_MS)
            .with(RadioParameter.OFF_TIME, offMicros);
    RadioHome home = new RadioHome(settings, 1, 1, 0, SMALL_IMAGE_OCTETS).run(1);
    assertThat(home.millisPerExchange()).isCloseTo(millis, withinPercentage(0.1));
  }

  @Test
  void noFrameIsFasterThanItsAirtimeAndTheSmallestGap() {
    RadioHome home =
        new RadioHome(RadioSettings.of(Band.GHZ_2_4), 3, 1, 0, SMALL_IMAGE_OCTETS).keeping().run(1);
    checkPace(home.sent);
  }

  @Test
  void aFrameThatIsTooFastIsFound() {
    RadioHome home = new RadioHome(RadioSettings.of(Band.GHZ_2_4), 3, 1, 0, 1_000).keeping().run(1);
    Sent last = home.sent.get(home.sent.size() - 1);
    List<Sent> early = new ArrayList<>(home.sent);
    early.add(shifted(last, last.end() + SMALLEST_GAP_NANOS - 1, 0));
    assertThatThrownBy(() -> checkPace(early)).isInstanceOf(AssertionError.class);
    List<Sent> brief = new ArrayList<>(home.sent);
    brief.add(shifted(last, last.end() + SMALLEST_GAP_NANOS, -1));
    assertThatThrownBy(() -> checkPace(brief)).isInstanceOf(AssertionError.class);
  }

  private static Sent shifted(Sent sent, long start, long longer) {
    long end = start + sent.end() - sent.start() + longer;
    return new Sent(start, end, sent.from(), sent.frame(), sent.repetition(), sent.isDamaged());
  }

  private static void checkPace(List<Sent> sent) {
    for (int i = 0; i < sent.size(); i++) {
      Sent frame = sent.get(i);
      assertThat(frame.end() - frame.start()).isEqualTo((6 + frame.octets()) * 32_000L);
      if (i > 0) {
        assertThat(frame.start() - sent.get(i - 1).end())
            .isGreaterThanOrEqualTo(SMALLEST_GAP_NANOS);
      }
    }
  }
}
