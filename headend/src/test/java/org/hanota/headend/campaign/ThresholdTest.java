// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thresholds are compared in whole numbers; user demand 48. */
class ThresholdTest {
  @ParameterizedTest
  @CsvSource({
    // part, of, minimum, count, ended, met
    "1, 3, 1, 1, 3, true",
    "1, 3, 1, 0, 3, false",
    "1, 3, 1, 333333, 1000000, false",
    "1, 3, 1, 333334, 1000000, true",
    "1, 1000000, 1, 1, 1000000, true",
    "1, 1000000, 1, 1, 1000001, false",
    "1, 1000000, 1, 2, 1000001, true",
    // 2^24 + 1 is the first whole number that a float does not have.
    "16777216, 16777217, 1, 16777216, 16777217, true",
    "16777217, 16777217, 1, 16777216, 16777217, false",
    "1, 1, 16777217, 16777216, 16777216, false",
    "1, 1, 16777217, 16777217, 16777217, true",
    "999999999, 1000000000, 1, 999999998, 1000000000, false",
    "999999999, 1000000000, 1, 999999999, 1000000000, true",
  })
  void aShareIsComparedExactly(
      long part, long of, long minimum, long count, long ended, boolean isMet) {
    assertThat(new Threshold.Share(part, of, minimum).isMet(count, ended)).isEqualTo(isMet);
  }

  @ParameterizedTest
  @CsvSource({
    // part, of, minimum, count, ended, left, missing
    "9, 10, 1, 0, 0, 10, 0",
    "9, 10, 1, 0, 2, 8, 1",
    "9, 10, 1, 5, 10, 0, 4",
    "1, 1, 10, 5, 5, 0, 5",
  })
  void whatIsMissingIsANumber(
      long part, long of, long minimum, long count, long ended, long left, long missing) {
    Threshold threshold = new Threshold.Share(part, of, minimum);
    assertThat(threshold.missing(count, ended, left)).isEqualTo(missing);
    assertThat(threshold.isWithinReach(count, ended, left)).isEqualTo(missing == 0);
  }

  @ParameterizedTest
  @CsvSource({"3, 2, false", "3, 3, true", "3, 4, true"})
  void aCountIsACount(long devices, long count, boolean isMet) {
    assertThat(new Threshold.Count(devices).isMet(count, 1_000)).isEqualTo(isMet);
  }
}
