// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Octets;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.StickModel;
import org.hanota.transport.serial.port.MemoryLink;
import org.hanota.transport.serial.stick.NetworkPlan;
import org.hanota.transport.serial.stick.StickEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stick of Silicon Labs forms what it is told to: the host looks first who is nearby. */
class EzspFormingTest {
  private final VirtualTime time = new VirtualTime();
  private final MemoryLink line = new MemoryLink(time, 115_200);

  private Home home(EmulatorConfig.Builder stick) {
    Octets image = OtaOverZnpTest.image(562);
    return new Home(image, Clusters.PROFILE_HOME_AUTOMATION, stick, line.right(), time, time);
  }

  private static EmulatorConfig.Builder blank(int version) {
    return EmulatorConfig.blank(Home.STICK).model(StickModel.ezsp(version));
  }

  private static List<String> said(Home home) {
    return home.stickEvents.stream().map(Object::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 19})
  void aPanIdThatANetworkNearbyHasIsDrawnAnew(int version) {
    Iterator<Integer> draws = List.of(0x2222, 0x3333).iterator();
    try (Home home = home(blank(version).neighbours(Set.of(0x1234, 0x2222)))) {
      home.withHost(
          home.hostConfig().forming(new NetworkPlan(Home.OTHER_NETWORK, Optional.of(draws::next))),
          line.left(),
          Optional.empty());
      time.pass(20_000);
      assertThat(said(home)).anyMatch(text -> text.startsWith("Started"));
      assertThat(home.emulator.network().panId()).isEqualTo(0x3333);
      assertThat(home.count(StickEvent.StartFailed.class)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 19})
  void aChosenPanIdThatANetworkNearbyHasIsRefusedOnceAndNoOtherIsTaken(int version) {
    try (Home home = home(blank(version).neighbours(Set.of(0x1234)))) {
      home.withHost(home.hostConfig().forming(Home.OTHER_NETWORK), line.left(), Optional.empty());
      time.pass(300_000);
      assertThat(home.count(StickEvent.StartRefused.class)).isEqualTo(1);
      assertThat(said(home)).anyMatch(text -> text.contains("has the PAN id 1234 already; choose"));
      assertThat(home.emulator.network().panId()).isEqualTo(0xFFFF);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 19})
  void drawsThatNeverEndAreGivenUp(int version) {
    try (Home home = home(blank(version).neighbours(Set.of(0x1234, 0x2222)))) {
      home.withHost(
          home.hostConfig().forming(new NetworkPlan(Home.OTHER_NETWORK, Optional.of(() -> 0x2222))),
          line.left(),
          Optional.empty());
      time.pass(5_000);
      assertThat(said(home)).anyMatch(text -> text.contains("each of the 8 PAN ids"));
      assertThat(home.emulator.network().panId()).isEqualTo(0xFFFF);
    }
  }
}
