// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.transport.grpc.HanEvent;
import org.junit.jupiter.api.Test;

class AbsenceTest {
  private static final HanEvent.Disconnected AWAY =
      new HanEvent.Disconnected("hub:1", "nothing answers there");

  private final Absence absence = new Absence();

  @Test
  void oneLineInTenAttemptsSaysWhy() {
    assertThat(absence.line(AWAY)).contains("no connection to hub:1: nothing answers there");
    for (int i = 1; i < 10; i++) {
      assertThat(absence.line(AWAY)).isEmpty();
    }
    assertThat(absence.line(AWAY))
        .contains("no connection to hub:1: nothing answers there (10 more attempts)");
  }

  /** Red before: a line for each attempt. */
  @Test
  void aRefusalIsToldOnceForEachAbsence() {
    HanEvent.Refused hub = new HanEvent.Refused("hub:1", "CN=hub", "of another authority");
    assertThat(absence.line(hub)).contains("refused: CN=hub: of another authority");
    assertThat(absence.line(hub)).isEmpty();
    assertThat(absence.line(new HanEvent.Refused("", "device 1", "unknown"))).isPresent();
    assertThat(absence.line(hub)).isEmpty();
    absence.ended();
    assertThat(absence.line(hub)).isPresent();
  }

  @Test
  void anotherReasonAndANewAbsenceAreToldAtOnce() {
    assertThat(absence.line(AWAY)).isPresent();
    assertThat(absence.line(new HanEvent.Disconnected("hub:1", "it ended"))).isPresent();
    absence.ended();
    assertThat(absence.line(new HanEvent.Disconnected("hub:1", "it ended"))).isPresent();
  }
}
