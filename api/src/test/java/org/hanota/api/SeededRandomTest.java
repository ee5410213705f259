// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void xoshiro256PlusPlusGivesThePublishedNumbers() {
    SeededRandom random = SeededRandom.ofState(1, 2, 3, 4);
    for (String expected :
        new String[] {
          "41943041",
          "58720359",
          "3588806011781223",
          "3591011842654386",
          "9228616714210784205",
          "9973669472204895162",
          "14011001112246962877",
          "12406186145184390807",
          "15849039046786891736",
          "10450023813501588000"
        }) {
      assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo(expected);
    }
  }

  @Test
  void streamsOfOneSeedDiffer() {
    assertThat(SeededRandom.of(1, 0, 1).nextLong())
        .isNotEqualTo(SeededRandom.of(1, 0, 2).nextLong())
        .isNotEqualTo(SeededRandom.of(1, 1, 1).nextLong())
        .isNotEqualTo(SeededRandom.of(2, 0, 1).nextLong())
        .isEqualTo(SeededRandom.of(1, 0, 1).nextLong());
  }

  @Test
  void everyNumberBelowABoundIsAboutEquallyOften() {
    SeededRandom random = SeededRandom.of(5, 0, 0);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[i % 2 == 0 ? random.below(7) : (int) random.belowLong(7)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_500, 10_500);
    }
  }

  @Test
  void aFractionOfTheDrawsIsTrue() {
    SeededRandom random = SeededRandom.of(6, 0, 0);
    int hits = 0;
    for (int i = 0; i < 100_000; i++) {
      hits += random.chance(0.02) ? 1 : 0;
      assertThat(random.chance(0)).isFalse();
      assertThat(random.chance(1)).isTrue();
    }
    assertThat(hits).isBetween(1_800, 2_200);
  }

  @Test
  void aStateOfZerosIsRefused() {
    assertThatThrownBy(() -> SeededRandom.ofState(0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
