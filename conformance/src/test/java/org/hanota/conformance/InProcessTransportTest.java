// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.InProcessNetwork;
import org.hanota.api.transport.LinkFaults;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.testing.VirtualClock;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InProcessTransportTest {
  private static final class InProcess implements Harness {
    private static final int DAY_OF_MINUTES = 24 * 60;
    private static final Peer HUB = new Peer(new Eui64(0x00DB1234567890A2L), 1);
    private static final Peer DEVICE = new Peer(new Eui64(0x00DB123456789100L), 1);

    private final VirtualClock clock = new VirtualClock();
    private final Transport hubSide;
    private final Transport deviceSide;

    InProcess(LinkFaults faults) {
      InProcessNetwork network =
          new InProcessNetwork(
              clock, SeededRandom.of(1, 0, 0), 4_000_000, 82, (frame, outcome) -> {});
      network.faults(faults);
      hubSide = network.attach(HUB, Set.of(Clusters.OTA_UPGRADE));
      deviceSide = network.attach(DEVICE, Set.of());
    }

    @Override
    public Transport hubSide() {
      return hubSide;
    }

    @Override
    public Transport deviceSide() {
      return deviceSide;
    }

    @Override
    public Peer hub() {
      return HUB;
    }

    @Override
    public Peer device() {
      return DEVICE;
    }

    @Override
    public Scheduler scheduler() {
      return clock;
    }

    @Override
    public TimeSource time() {
      return clock;
    }

    @Override
    public boolean await(BooleanSupplier done) {
      for (int i = 0; i < 200 && !done.getAsBoolean(); i++) {
        clock.advanceMillis(5);
      }
      for (int i = 0; i < DAY_OF_MINUTES * 60 && !done.getAsBoolean(); i++) {
        clock.advanceMillis(1_000);
      }
      return done.getAsBoolean();
    }

    @Override
    public void settle() {
      clock.advanceMillis(60_000);
    }

    @Override
    public void close() {}
  }

  @TestFactory
  Stream<DynamicTest> theInProcessTransportConforms() {
    return TransportSuite.checks().stream()
        .map(
            check ->
                DynamicTest.dynamicTest(
                    check.name(), () -> check.run(() -> new InProcess(LinkFaults.NONE))));
  }

  @Test
  void aTransportThatLosesEverythingFailsEveryCheckThatNeedsAFrame() {
    long failed =
        TransportSuite.checks().stream()
            .filter(check -> fails(check, new LinkFaults(1, 0, 0, 0, 0, 0, 0)))
            .count();
    assertThat(failed).isEqualTo(TransportSuite.checks().size() - 3);
  }

  @Test
  void aTransportThatRepeatsOrReordersIsFound() {
    Check order = TransportSuite.checks().get(3);
    assertThatThrownBy(() -> order.run(() -> new InProcess(new LinkFaults(0, 1, 0, 0, 0, 0, 0))))
        .isInstanceOf(NotConformant.class);
    Check arrives = TransportSuite.checks().get(0);
    assertThatThrownBy(() -> arrives.run(() -> new InProcess(new LinkFaults(0, 0, 0, 0, 1, 0, 0))))
        .isInstanceOf(NotConformant.class)
        .hasMessageContaining("octets are");
  }

  private static boolean fails(Check check, LinkFaults faults) {
    try {
      check.run(() -> new InProcess(faults));
      return false;
    } catch (NotConformant found) {
      return true;
    }
  }
}
