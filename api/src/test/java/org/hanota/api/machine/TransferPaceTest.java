// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransferPaceTest {
  private static Now at(long seconds) {
    return new Now(seconds * 1_000_000_000L, Now.UTC_UNKNOWN);
  }

  @Test
  void aSlowBeginningIsForgottenAfterAFewMarks() {
    TransferPace pace = new TransferPace(at(0), 0);
    assertThat(pace.remainingMillis(900)).isEmpty();
    pace.mark(at(10_000), 100);
    assertThat(pace.remainingMillis(900)).hasValue(90_000_000);
    for (int i = 1; i <= 7; i++) {
      pace.mark(at(10_000 + i), 100 + i * 100);
    }
    assertThat(pace.remainingMillis(200)).hasValue(2_000);
  }

  @Test
  void aStepBackBeginsAnew() {
    TransferPace pace = new TransferPace(at(0), 500);
    pace.mark(at(1), 600);
    pace.mark(at(2), 100);
    assertThat(pace.remainingMillis(900)).isEmpty();
    pace.mark(at(4), 200);
    assertThat(pace.remainingMillis(800)).hasValue(16_000);
  }

  @Test
  void offsetsReachToTheEndOfAUint32() {
    TransferPace pace = new TransferPace(at(0), 0xFFFF_FF00L);
    pace.mark(at(1), 0xFFFF_FF80L);
    assertThat(pace.remainingMillis(127)).hasValue(992);
  }
}
