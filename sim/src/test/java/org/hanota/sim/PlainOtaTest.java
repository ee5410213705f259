// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceType;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.scenario.Scenario;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The plain profile: ZigBee OTA as it is specified, and nothing added. */
class PlainOtaTest {
  @Test
  @DisplayName(
      "C21: an IHD is updated by the OTA cluster alone, by a hub without head end and GBCS")
  void anIhdNeedsNothingButTheOtaCluster() {
    TreeSet<Integer> clusters = new TreeSet<>();
    Home.Listener listener =
        new FaultyHomeTest.Silent() {
          @Override
          public void frame(
              long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
            clusters.add(frame.clusterId());
          }
        };
    Scenario home =
        Scenario.builder(21)
            .devices(SampleImages.device(21, "ihd", DeviceType.IHD, 1_000))
            .loss(0.05)
            .build();
    HomeReport report = Home.run(home, listener);
    assertThat(report.succeeded()).isTrue();
    assertThat(clusters).containsExactly(Clusters.OTA_UPGRADE);
  }
}
