// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Threshold;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.sim.scenario.ScenarioFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetReaderTest {
  static final String SMALL =
      """
      seed: 3
      level: transfer
      homes: 2000
      samples: 5000
      image: { octets: 20000, maximumDataSize: 50 }
      quality:
        - { name: near, share: 90 %, loss: 0.001 }
        - { name: far, share: 10 %, loss: 0.05, bursts: { good: 10 s, bad: 200 ms, loss: 0.8 } }
      devices:
        - type: ppmid
          share: 50 %
          verification: 60 s
          silent: 0.01
          firmware: [{ version: "00000001", share: 100 %, fails: 0.01 }]
      regions:
        - { name: North, share: 40 %, cellRate: 2500, homesPerCell: 50, parameters: { wanMeanDown: 60000 }, outages: [{ at: 1 h, for: 2 h }] }
        - { name: South, share: 60 %, cellRate: 12500, homesPerCell: 500 }
      campaign:
        pace: { starts: 100, period: 1 h }
        answer: 2 d
        ends: 30 d
        step: 1 h
        waves:
          - { name: canary, size: 100, success: { share: 90 %, minimum: 50 }, error: { devices: 20 }, soak: 1 d }
          - { name: rest, size: all, success: { share: 90 % }, error: { share: 20 %, minimum: 50 } }
      """;

  @Test
  void everyPartOfAFleetIsRead() {
    FleetScenario fleet = FleetReader.read(SMALL);
    assertThat(fleet.homes()).isEqualTo(2_000);
    assertThat(fleet.image().blocks()).isEqualTo(400);
    assertThat(fleet.quality().get(0).bursts()).isEmpty();
    assertThat(fleet.quality().get(1).bursts())
        .isEqualTo(Optional.of(new LinkQuality.Bursts(10_000_000_000L, 200_000_000L, 0.8)));
    assertThat(fleet.devices().get(0).firmware().get(0).fails()).isEqualTo(0.01);
    FleetRegion north = fleet.regions().get(0);
    assertThat(north.capacity().parameters().get(CapacityParameter.MEAN_DOWN)).isEqualTo(60_000);
    assertThat(north.outages()).containsExactly(new FleetRegion.Outage(3_600_000, 7_200_000));
    FleetCampaign.Wave canary = fleet.campaign().waves().get(0);
    assertThat(canary.size()).isEqualTo(new GroupSize.Count(100));
    assertThat(canary.success()).isEqualTo(new Threshold.Share(90, 100, 50));
    assertThat(canary.error()).isEqualTo(new Threshold.Count(20));
    assertThat(canary.isGated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "homes: 2000 | homs: 2000 | line 1, column 1: scenario has no 'homes'",
        "seed: 3 | 'seed: 3\ncolour: red' | line 2, column 1: a key of scenario is 'colour'",
        "share: 90 % | share: 80 % | the shares of quality come to 90 %, allowed 100 %",
        "level: transfer | level: frames | line 2, column 8: level is 'frames': allowed transfer, block",
        "loss: 0.001 | loss: 1.5 | line 7, column 5: an element of quality is not possible: loss is 1.5",
        "size: all | size: most | size is 'most': allowed all, a number of devices, or a percentage",
        "cellRate: 2500 | cellRate: 0 | cellRate is 0, allowed 1 to 1000000000",
        "wanMeanDown | wanMeanDawn | line 16, column 81: a key of parameters is 'wanMeanDawn'",
        "name: rest | name: canary | two waves have the same name",
        "step: 1 h | step: 1 ms | ends and answer in steps is",
        "octets: 20000 | octets: 12 | octets is 12, allowed 200 to 4294967295",
      })
  void whatDoesNotBelongIsRefusedWithItsPlace(String right, String wrong, String said) {
    assertThat(SMALL).contains(right);
    assertThatExceptionOfType(ScenarioFault.class)
        .isThrownBy(() -> FleetReader.read(SMALL.replace(right, wrong)))
        .withMessageContaining(said);
  }

  @Test
  void belowOneGigahertzEachFrameIsSimulated() {
    String other = SMALL.replace("image:", "radio: { band: 868MHz }\nimage:");
    assertThatExceptionOfType(ScenarioFault.class)
        .isThrownBy(() -> FleetReader.read(other))
        .withMessageContaining("take level: block");
    assertThat(FleetReader.read(other.replace("level: transfer", "level: block")).level())
        .isEqualTo(FleetScenario.Level.BLOCK);
  }
}
