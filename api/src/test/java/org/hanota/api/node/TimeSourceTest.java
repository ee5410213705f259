// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSourceTest {
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:10Z, false",
    "2000-01-01T00:00:00Z, false",
    "2019-12-31T23:59:59Z, false",
    "2020-01-01T00:00:00Z, true",
    "2026-11-26T00:00:00Z, true"
  })
  void aClockThatWasNeverSetIsNoClock(String time, boolean known) {
    TimeSource source = TimeSource.of(InstantSource.fixed(Instant.parse(time)), () -> 7);
    assertThat(source.now().knowsUtc()).isEqualTo(known);
    assertThat(source.now().monotonicNanos()).isEqualTo(7);
  }
}
