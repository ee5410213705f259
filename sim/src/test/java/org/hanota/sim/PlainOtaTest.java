// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceType;
import org.hanota.gbcs.Message;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The plain profile: ZigBee OTA as it is specified, and nothing added. */
class PlainOtaTest {
  /** What a home with one device needed beside the OTA cluster. */
  private static final class Watch extends FaultyHomeTest.Silent {
    private final TreeSet<Integer> clusters = new TreeSet<>();
    private int gbcs;

    /** Updates the home's device. */
    static Watch over(Scenario.Builder home) {
      Watch watch = new Watch();
      assertThat(Home.run(home.build(), watch).succeeded()).isTrue();
      return watch;
    }

    @Override
    public void frame(
        long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
      clusters.add(frame.clusterId());
    }

    @Override
    public void gbcs(long virtualNanos, Message message) {
      gbcs++;
    }
  }

  private static Scenario.Builder home(DeviceType type) {
    return Scenario.builder(21).devices(SampleImages.device(21, "watched", type, 1_000)).loss(0.05);
  }

  @Test
  @DisplayName(
      "C21: an IHD is updated by the OTA cluster alone, by a hub without head end and GBCS")
  void anIhdNeedsNothingButTheOtaCluster() {
    Watch watch = Watch.over(home(DeviceType.IHD));
    assertThat(watch.clusters).containsExactly(Clusters.OTA_UPGRADE);
    assertThat(watch.gbcs).as("GBCS messages").isZero();
  }

  /** The same watch is not blind: a device of a head end needs a tunnel and messages. */
  @Test
  void aPpmidNeedsMoreThanTheOtaCluster() {
    Watch watch = Watch.over(home(DeviceType.PPMID).headEnd(Scripts::usual));
    assertThat(watch.clusters).contains(Clusters.OTA_UPGRADE, Clusters.TUNNELING);
    assertThat(watch.gbcs).as("GBCS messages").isPositive();
  }
}
