// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.hanota.api.Octets;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.serial.emulator.Conditions;
import org.hanota.transport.serial.emulator.Emulator;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.port.MemoryLink;
import org.hanota.transport.serial.probe.StickReport;
import org.hanota.transport.serial.stick.NetworkPlan;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.znp.ClearingMachine;
import org.hanota.transport.serial.znp.FoundNetwork;
import org.hanota.transport.serial.znp.NvItem;
import org.hanota.transport.serial.znp.ZnpStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host that may form a network does to sticks that have one, and how forming fails. */
class FormingTest {
  private final VirtualTime time = new VirtualTime();
  private final MemoryLink line = new MemoryLink(time, 115_200);

  private Home home(EmulatorConfig.Builder stick) {
    Octets image = OtaOverZnpTest.image(562);
    return new Home(image, Clusters.PROFILE_HOME_AUTOMATION, stick, line.right(), time, time);
  }

  private static List<String> said(Home home) {
    return home.stickEvents.stream().map(Object::toString).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = EmulatorConfig.Mark.class,
      names = {"Z_STACK_1_2", "NONE"})
  void aNetworkThatAnotherProgramFormedIsLeftAsItIs(EmulatorConfig.Mark mark) {
    try (Home home = home(Home.stick().mark(mark))) {
      home.withHost(home.hostConfig().forming(Home.OTHER_NETWORK), line.left(), Optional.empty());
      time.pass(300_000);
      assertThat(home.count(StickEvent.Started.class)).as("%s", said(home)).isZero();
      assertThat(said(home)).anyMatch(text -> text.contains("5A5A") && text.contains("channel 15"));
      // The program that formed it finds it again.
      assertThat(home.emulator.network().panId()).isEqualTo(0x5A5A);
    }
  }

  /** Whether there is a network is then unknown. */
  @Test
  void aStickThatDoesNotLetItsNetworkBeReadIsLeftAsItIs() {
    try (Home home = home(Home.stick().mark(EmulatorConfig.Mark.NONE))) {
      home.emulator.conditions(
          new Conditions() {
            @Override
            public ZnpStatus read(int item) {
              return ZnpStatus.NV_OPERATION_FAILED;
            }
          });
      home.withHost(home.hostConfig().forming(Home.OTHER_NETWORK), line.left(), Optional.empty());
      time.pass(300_000);
      assertThat(home.count(StickEvent.Started.class)).isZero();
      assertThat(said(home)).anyMatch(text -> text.contains("NIB (0x0021), which cannot be read"));
      assertThat(home.emulator.network().panId()).isEqualTo(0x5A5A);
    }
  }

  @Test
  void aPanIdThatANetworkNearbyHasIsDrawnAnew() {
    Iterator<Integer> draws = List.of(0x2222, 0x3333).iterator();
    EmulatorConfig.Builder stick =
        EmulatorConfig.blank(Home.STICK).neighbours(Set.of(0x1234, 0x1235, 0x2222));
    try (Home home = home(stick)) {
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

  /** The half-formed network is given up: the next host may form one. */
  @Test
  void aChosenPanIdThatANetworkNearbyHasIsRefusedOnceAndNoOtherIsTaken() {
    EmulatorConfig.Builder stick = EmulatorConfig.blank(Home.STICK).neighbours(Set.of(0x1234));
    try (Home home = home(stick)) {
      home.withHost(home.hostConfig().forming(Home.OTHER_NETWORK), line.left(), Optional.empty());
      time.pass(300_000);
      assertThat(home.count(StickEvent.StartRefused.class)).isEqualTo(1);
      assertThat(said(home)).anyMatch(text -> text.contains("has the PAN id 1234 already; choose"));
      assertThat(home.emulator.network().panId()).isEqualTo(0xFFFF);
    }
  }

  @Test
  void anItemThatCannotBeWrittenIsNamedWithTheCure() {
    try (Home home = home(EmulatorConfig.blank(Home.STICK))) {
      home.emulator.conditions(
          new Conditions() {
            @Override
            public ZnpStatus written(int item) {
              return item == NvItem.PANID.id() ? ZnpStatus.NV_OPERATION_FAILED : ZnpStatus.SUCCESS;
            }
          });
      home.withHost(home.hostConfig().forming(Home.OTHER_NETWORK), line.left(), Optional.empty());
      time.pass(5_000);
      assertThat(said(home))
          .anyMatch(
              text ->
                  text.contains("item PANID (0x0083) could not be written: status 0x0A")
                      && text.contains("plug the stick out and in"));
    }
  }

  /** Its own half-formed network is no obstacle to the next attempt. */
  @Test
  void aNetworkThatDoesNotStartIsNamedWithTheCureAndFormedLater() {
    boolean[] starts = {false};
    try (Home home = home(EmulatorConfig.blank(Home.STICK))) {
      home.emulator.conditions(
          new Conditions() {
            @Override
            public boolean starts() {
              return starts[0];
            }
          });
      home.withHost(home.hostConfig().forming(Home.OTHER_NETWORK), line.left(), Optional.empty());
      time.pass(105_000);
      assertThat(said(home)).anyMatch(text -> text.contains("or choose another channel"));
      starts[0] = true;
      time.pass(20_000);
      assertThat(home.count(StickEvent.Started.class)).as("%s", said(home)).isEqualTo(1);
    }
  }

  @Test
  void aStickIsClearedOnlyOfWhatWasFoundOnIt() {
    for (EmulatorConfig.Mark mark : EmulatorConfig.Mark.values()) {
      MemoryLink cable = new MemoryLink(time, 115_200);
      try (Emulator emulator =
          new Emulator(Home.stick().mark(mark).build(), cable.right(), time, time)) {
        emulator.start();
        StickReport.Znp report =
            (StickReport.Znp)
                result(StickProbe.of(List.of(StickFamily.ZNP), cable.left(), time, this::nanos));
        FoundNetwork found = report.found();
        assertThat(found.panId()).isEqualTo(0x5A5A);
        assertThat(found.key()).contains(Home.NETWORK.networkKey());
        assertThat(found.toString() + report).doesNotContain(Home.NETWORK.networkKey().toHex());
        assertThat(result(StickProbe.clear(FoundNetwork.NOTHING, cable.left(), time, this::nanos)))
            .isInstanceOf(ClearingMachine.Outcome.Failed.class);
        assertThat(emulator.network().panId()).isEqualTo(0x5A5A);
        assertThat(result(StickProbe.clear(found, cable.left(), time, this::nanos)))
            .isEqualTo(new ClearingMachine.Outcome.Blank());
        assertThat(emulator.network().panId()).isEqualTo(0xFFFF);
      }
    }
  }

  private long nanos() {
    return time.now().monotonicNanos();
  }

  private <T> T result(CompletableFuture<T> future) {
    assertThat(time.until(future::isDone, 60_000)).isTrue();
    return future.join();
  }
}
