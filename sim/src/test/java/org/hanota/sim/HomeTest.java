// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceType;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
  /** Writes everything down. */
  static final class Log implements Home.Listener {
    final List<String> lines = new ArrayList<>();

    @Override
    public void event(long virtualNanos, String device, UpdateEvent event) {
      lines.add(virtualNanos + " " + device + " " + event);
    }

    @Override
    public void frame(
        long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
      lines.add(virtualNanos + " " + device + " " + outcome + " " + frame.zcl().toHex());
    }
  }

  static Scenario scenario(long seed, double loss) {
    return builder(seed, loss).build();
  }

  static Scenario.Builder builder(long seed, double loss) {
    return Scenario.builder(seed)
        .devices(
            SampleImages.device(seed, "ppmid-1", DeviceType.PPMID),
            SampleImages.device(seed, "hcalcs-1", DeviceType.HCALCS),
            SampleImages.device(seed, "ihd-1", DeviceType.IHD))
        .loss(loss);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.02, 0.2})
  void everyDeviceGetsItsImageWhateverTheLoss(double loss) {
    HomeReport report = Home.run(scenario(7, loss), new Log());
    assertThat(report.succeeded()).as(report.toString()).isTrue();
    assertThat(report.devices())
        .extracting(DeviceReport::outcome)
        .containsExactly(
            DeviceReport.Outcome.CONFIRMED,
            DeviceReport.Outcome.VERIFIED,
            DeviceReport.Outcome.CONFIRMED);
  }

  @Test
  void oneSeedGivesOneResultToTheOctet() {
    Log first = new Log();
    Log second = new Log();
    Home.run(scenario(11, 0.05), first);
    Home.run(scenario(11, 0.05), second);
    assertThat(first.lines).isEqualTo(second.lines);
  }
}
