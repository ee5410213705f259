// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hanota.headend.clock.ClockEvent;
import org.junit.jupiter.api.Test;

/** With which time a DCC compares what users sign. [hanota H130] */
class UsersClockTest {
  private static final long START = 1_795_000_000_000L;
  private static final long YEAR = 365L * 86_400_000;

  private long shown = START;
  private long nanos;
  private final UsersClock clock = new UsersClock(() -> Instant.ofEpochMilli(shown), () -> nanos);

  @Test
  void whileTheClockIsInDoubtItIsTheTimeThatTheDccActsBy() {
    assertThat(clock.millis()).isEqualTo(START);
    shown += YEAR;
    clock.heard(new ClockEvent.Doubted(shown, START));
    nanos += 5_000_000_000L;
    assertThat(clock.millis()).isEqualTo(START + 5_000);
    clock.heard(new ClockEvent.Trusted(shown));
    assertThat(clock.millis()).isEqualTo(START + YEAR);
  }

  @Test
  void aProcessThatDoesNotActDoubtsNothing() {
    clock.heard(new ClockEvent.Doubted(shown, START - YEAR));
    clock.rests();
    assertThat(clock.millis()).isEqualTo(START);
  }
}
