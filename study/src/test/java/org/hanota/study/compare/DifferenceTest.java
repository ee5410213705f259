// SPDX-License-Identifier: Apache-2.0
package org.hanota.study.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Locale;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Test;

/** Intervals have planted differences in them as often as they say. */
class DifferenceTest {
  private static final int PARTS = 32;
  private static final int HOMES = 40;
  private static final int PAIRS = 1_000;
  private static final double UNIT = 0x1.0p-53;

  /** The durations of a run's homes: those of a part have something in common. */
  @SuppressWarnings("ArrayRecordComponent") // Made and read in this file only, never compared.
  private record Run(long[] sums, long[] counts, double homesVariance) {
    static Run of(SeededRandom places, SeededRandom homes, double mean) {
      long[] sums = new long[PARTS];
      long[] counts = new long[PARTS];
      double squares = 0;
      for (int part = 0; part < PARTS; part++) {
        double common = 400 * normal(places);
        counts[part] = (long) HOMES + part % 3;
        for (int home = 0; home < counts[part]; home++) {
          long millis = Math.round(mean + common + 500 * normal(homes));
          sums[part] += millis;
          squares += (double) millis * millis;
        }
      }
      double all = Arrays.stream(counts).sum();
      double average = Arrays.stream(sums).sum() / all;
      return new Run(sums, counts, (squares / all - average * average) / all);
    }

    Ratio ratio() {
      return Ratio.of(sums, counts);
    }
  }

  /** As near to normal as twelve draws come. */
  private static double normal(SeededRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += (random.nextLong() >>> 11) * UNIT;
    }
    return sum;
  }

  private interface Interval {
    Difference of(Run first, Run second, boolean isSame);
  }

  /** How often the interval has the planted difference in it. */
  private static double coverage(boolean isSame, double planted, Interval interval) {
    int covered = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      Run first = Run.of(SeededRandom.of(7, pair, 1), SeededRandom.of(7, pair, 2), 10_000);
      Run second =
          Run.of(
              SeededRandom.of(7, pair, isSame ? 1 : 3),
              SeededRandom.of(7, pair, 4),
              10_000 + planted);
      Difference found = interval.of(first, second, isSame);
      covered += found.low() <= planted && planted <= found.high() ? 1 : 0;
    }
    double share = (double) covered / PAIRS;
    System.out.printf(Locale.ROOT, "covered %.4f%n", share);
    return share;
  }

  private static Difference by(double confidence, Run first, Run second, boolean isSame) {
    Difference found = Difference.of(first.ratio(), second.ratio(), isSame, confidence);
    assertThat(found.isPaired()).isEqualTo(isSame);
    return found;
  }

  /** Three deviations of a share of 1,000 about 0.95 are 0.0207. */
  @Test
  void ninetyFiveOfAHundredIntervalsHaveThePlantedDifferenceInThem() {
    Interval interval = (first, second, isSame) -> by(0.95, first, second, isSame);
    assertThat(coverage(false, 300, interval)).isCloseTo(0.95, within(0.0207));
    assertThat(coverage(true, 300, interval)).isCloseTo(0.95, within(0.0207));
    Interval narrower = (first, second, isSame) -> by(0.80, first, second, isSame);
    assertThat(coverage(false, 0, narrower)).isCloseTo(0.80, within(0.038));
  }

  /** The planted fault: whoever takes homes of one cell for independent says too much. */
  @Test
  void homesTakenForIndependentAreFoundOut() {
    Interval homes =
        (first, second, isSame) -> {
          double difference = second.ratio().value() - first.ratio().value();
          double half = 1.96 * Math.sqrt(first.homesVariance() + second.homesVariance());
          return new Difference(difference, difference - half, difference + half, false);
        };
    assertThat(coverage(false, 300, homes)).isLessThan(0.6);
  }

  @Test
  void pairedRunsTellADifferenceApartThatOthersDoNot() {
    Run first = Run.of(SeededRandom.of(1, 1, 1), SeededRandom.of(1, 1, 2), 10_000);
    Run same = Run.of(SeededRandom.of(1, 1, 1), SeededRandom.of(1, 1, 4), 10_130);
    assertThat(Difference.of(first.ratio(), same.ratio(), true, 0.95).isTold()).isTrue();
    assertThat(Difference.of(first.ratio(), same.ratio(), false, 0.95).isTold()).isFalse();
    assertThat(Difference.of(first.ratio(), first.ratio(), true, 0.95))
        .isEqualTo(new Difference(0, 0, 0, true));
  }

  @Test
  void tooFewPartsAreRefused() {
    Ratio few = Ratio.of(new long[] {1, 2, 3, 0}, new long[] {1, 1, 1, 0});
    assertThat(few.parts()).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Difference.of(few, few, false, 0.95))
        .withMessageContaining("the homes of the first run are in 3 parts, allowed 8 and more");
  }
}
