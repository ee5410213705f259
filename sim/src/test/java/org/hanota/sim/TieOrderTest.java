// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.device.DeviceType;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.api.Test;

/** What happens at the same time may happen in any order. */
class TieOrderTest {
  private static final int ORDERS = 12;

  private static Scenario.Builder alone() {
    return Scenario.builder(5).devices(SampleImages.device(5, "ihd-1", DeviceType.IHD, 4_000));
  }

  private static String digest(Scenario scenario) {
    RunDigest digest = new RunDigest((virtualNanos, device, event) -> {});
    assertThat(Home.run(scenario, digest).succeeded()).isTrue();
    return digest.hex();
  }

  /** One device and its hub take turns: nothing that either does hangs on a tie. */
  @Test
  void whereOneNodeWaitsForTheOtherAnyOrderIsTheSameRun() {
    Set<String> digests = new TreeSet<>(Set.of(digest(alone().build())));
    for (long order = 1; order <= ORDERS; order++) {
      digests.add(digest(alone().tieSeed(order).build()));
    }
    assertThat(digests).hasSize(1);
  }

  private static List<String> ends(Scenario scenario) {
    return Home.run(scenario, (virtualNanos, device, event) -> {}).devices().stream()
        .map(d -> d.name() + " " + d.outcome() + " " + d.versionAfter() + " " + d.sha256().toHex())
        .toList();
  }

  /** Devices that share a hub are served in another order, and each ends as before. */
  @Test
  void whereDevicesShareAHubAnyOrderHasTheSameEnds() {
    List<String> usual = ends(shared().build());
    Set<String> digests = new TreeSet<>();
    for (long order = 1; order <= ORDERS; order++) {
      assertThat(ends(shared().tieSeed(order).build())).isEqualTo(usual);
      digests.add(digest(shared().tieSeed(order).build()));
    }
    assertThat(digests).as("orders that make another run").hasSizeGreaterThan(1);
  }

  private static Scenario.Builder shared() {
    return HomeTest.builder(15, 0.05).headEnd(Scripts::usual);
  }
}
