// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.SeededRandom;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.serial.emulator.LineFaults;
import org.hanota.transport.serial.emulator.StickModel;
import org.hanota.transport.serial.port.MemoryLink;
import org.hanota.transport.serial.stick.StickEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates over a serial line between host and stick that loses, damages and repeats frames. */
class EzspLineFaultsTest {
  private static final long HOUR = 3_600_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aBadLineOnlyDelaysTheTransfer(int seed) {
    VirtualTime time = new VirtualTime();
    MemoryLink line = new MemoryLink(time, 115_200);
    Home home =
        new Home(
            OtaOverStick.image(6_062),
            Clusters.PROFILE_HOME_AUTOMATION,
            Home.stick().model(StickModel.ezsp(19)),
            line.right(),
            time,
            time);
    try (home) {
      home.withDevice(home.emulatedDevice().joinedAlready());
      home.withHost(line.left(), Optional.empty());
      assertThat(time.until(home::started, HOUR)).isTrue();
      home.emulator.lineFaults(LineFaults.drawn(SeededRandom.of(seed, 0, 0), 0.03));
      assertThat(time.until(home::updated, 24 * HOUR)).isTrue();
      assertThat(home.transport().counts().checksFailed()).as("frames were damaged").isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aLineThatDiesIsOpenedAnewAndTheTransferGoesOn(int seed) {
    VirtualTime time = new VirtualTime();
    MemoryLink line = new MemoryLink(time, 115_200);
    Home home =
        new Home(
            OtaOverStick.image(6_062),
            Clusters.PROFILE_HOME_AUTOMATION,
            Home.stick().model(StickModel.ezsp(13)),
            line.right(),
            time,
            time);
    try (home) {
      home.withDevice(home.emulatedDevice().joinedAlready());
      home.withHost(line.left(), Optional.empty());
      assertThat(time.until(() -> home.server().blocks == 20 * seed, HOUR)).isTrue();
      home.emulator.lineFaults(
          new LineFaults() {
            @Override
            public Fault toHost() {
              return Fault.LOST;
            }
          });
      assertThat(time.until(() -> home.count(StickEvent.PortLost.class) > 0, HOUR)).isTrue();
      home.emulator.lineFaults(LineFaults.NONE);
      assertThat(time.until(home::updated, 24 * HOUR)).isTrue();
    }
  }
}
