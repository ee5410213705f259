// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.transport.Frame;
import org.hanota.sim.check.DutyGuard;
import org.hanota.sim.check.InvariantViolated;
import org.junit.jupiter.api.Test;

/** Who watches the airtime of an hour finds a radio that does not keep to it. */
class DutyGuardTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Peer HUB = new Peer(new Eui64(1), 1);
  private static final Frame FRAME =
      new Frame(HUB, HUB, 0x0109, 0x0019, SendOptions.ACKNOWLEDGED, Octets.wrap(new byte[3]));

  private static void send(DutyGuard guard, int node, long atSecond) {
    guard.check(
        "hub",
        new Transmission(
            atSecond * SECOND,
            (atSecond + 1) * SECOND,
            node,
            1,
            FRAME,
            0,
            1,
            127,
            0,
            0,
            false,
            false));
  }

  @Test
  void ninetySecondsInAnyHourAreAllowedAndNoMore() {
    DutyGuard guard = new DutyGuard(1, RadioSettings.of(Band.MHZ_868));
    for (int i = 0; i < 90; i++) {
      send(guard, 0, 10L * i);
      send(guard, 1, 10L * i);
    }
    // An hour after the first one there is room for one more.
    assertThatCode(() -> send(guard, 0, 3_601)).doesNotThrowAnyException();
    assertThatThrownBy(() -> send(guard, 0, 3_603))
        .isInstanceOf(InvariantViolated.class)
        .hasMessageContaining("I8 does not hold")
        .hasMessageContaining("hub is on the air for 91000000000 ns of an hour");
  }

  @Test
  void at2400MhzNothingIsRationed() {
    DutyGuard guard = new DutyGuard(1, RadioSettings.of(Band.GHZ_2_4));
    for (int i = 0; i < 1_000; i++) {
      send(guard, 0, i);
    }
    assertThatCode(() -> send(guard, 0, 1_000)).doesNotThrowAnyException();
  }
}
