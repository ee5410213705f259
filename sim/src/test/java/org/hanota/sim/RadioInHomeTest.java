// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.RadioCounts;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.radio.Transmission;
import org.hanota.sim.scenario.Radio;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.api.Test;

/** A home whose frames share one radio channel. */
class RadioInHomeTest {
  private static final int DATA = 50;
  private static final long BLOCK_FRAME_OCTETS = 62 + DATA;

  /** Keeps what is on the air. */
  private static final class Heard implements Home.Listener {
    final List<Transmission> sent = new ArrayList<>();
    final Map<Fate, Integer> givenUp = new EnumMap<>(Fate.class);
    final List<DutyState> hubDuty = new ArrayList<>();
    final List<String> names = new ArrayList<>();

    @Override
    public void event(long virtualNanos, String device, UpdateEvent event) {}

    @Override
    public void onAir(String from, String to, Transmission transmission) {
      sent.add(transmission);
      names.add(from + " " + to);
    }

    @Override
    public void givenUp(long virtualNanos, String from, String to, Frame frame, Fate fate) {
      givenUp.merge(fate, 1, Integer::sum);
    }

    @Override
    public void duty(long virtualNanos, String node, DutyState state) {
      if (node.equals(HUB)) {
        hubDuty.add(state);
      }
    }
  }

  private static ScenarioDevice device(DeviceType type, int number, int octets) {
    return SampleImages.device(1, type.label() + "-" + number, type, octets)
        .with(DeviceParameters.DEFAULT.with(DeviceParameter.MAXIMUM_DATA_SIZE, DATA));
  }

  private static Scenario.Builder home(RadioSettings settings, int octets, DeviceType... types) {
    List<ScenarioDevice> devices = new ArrayList<>();
    for (DeviceType type : types) {
      devices.add(device(type, devices.size() + 1, octets));
    }
    return Scenario.builder(1).devices(devices).radio(new Radio(settings, 0));
  }

  private static HomeReport run(Scenario scenario, Home.Listener listener) {
    HomeReport report = Home.run(scenario, listener);
    assertThat(report.succeeded()).as(report.devices().toString()).isTrue();
    return report;
  }

  @Test
  void aTransferTakesTheTimeOfItsRadio() {
    Heard heard = new Heard();
    HomeReport report =
        run(home(RadioSettings.of(Band.GHZ_2_4), 100_000, DeviceType.IHD).build(), heard);
    List<Transmission> blocks =
        heard.sent.stream()
            .filter(each -> !each.isAcknowledgement() && each.octets() == BLOCK_FRAME_OCTETS)
            .toList();
    double millis =
        (blocks.get(blocks.size() - 1).endNanos() - blocks.get(0).endNanos())
            / 1e6
            / (blocks.size() - 1);
    assertThat(blocks).hasSizeGreaterThan(2_000);
    assertThat(millis).isCloseTo(11.20, withinPercentage(1));
    RadioCounts.Node hub = report.radio().orElseThrow().nodes().get(0);
    assertThat(hub.frames()).isGreaterThanOrEqualTo(blocks.size());
    assertThat(hub.repetitions()).isZero();
  }

  @Test
  void everyTypeIsUpdatedOverALossyRadioAndWhatIsTooLongGoesInPieces() {
    Heard heard = new Heard();
    Scenario scenario =
        home(RadioSettings.of(Band.GHZ_2_4), 5_000, DeviceType.values())
            .headEnd(Scripts::usual)
            .loss(0.05)
            .build();
    HomeReport report = run(scenario, heard);
    RadioCounts counts = report.radio().orElseThrow();
    assertThat(counts.nodes()).hasSize(6);
    assertThat(counts.nodes().get(0).repetitions()).isPositive();
    assertThat(heard.sent)
        .anyMatch(each -> each.fragments() > 1 && each.frame().clusterId() == Clusters.TUNNELING);
    assertThat(heard.sent).allMatch(each -> each.octets() <= 127);
    assertThat(heard.names).contains("hub esme-4", "esme-4 hub");
  }

  @Test
  void theSameSeedHasTheSameAirAndAnotherSeedDrawsOtherBackOffs() {
    Scenario scenario =
        home(RadioSettings.of(Band.GHZ_2_4), 2_000, DeviceType.IHD, DeviceType.PPMID)
            .loss(0.1)
            .build();
    Heard first = new Heard();
    Heard again = new Heard();
    run(scenario, first);
    run(scenario, again);
    assertThat(again.sent).isEqualTo(first.sent);
    Heard other = new Heard();
    run(
        new Scenario(
            2,
            scenario.tieSeed(),
            scenario.world(),
            scenario.script(),
            scenario.nemeses(),
            scenario.limits()),
        other);
    assertThat(other.sent.get(0).startNanos()).isNotEqualTo(first.sent.get(0).startNanos());
  }

  @Test
  void metersGoBeforeBlocksAndTheirWaitIsReported() {
    Scenario scenario =
        home(RadioSettings.of(Band.GHZ_2_4), 20_000, DeviceType.IHD, DeviceType.PPMID).build();
    Scenario metered =
        Scenario.builder(1)
            .devices(scenario.world().devices())
            .radio(new Radio(RadioSettings.of(Band.GHZ_2_4), 200_000_000))
            .build();
    Heard heard = new Heard();
    RadioCounts counts = run(metered, heard).radio().orElseThrow();
    assertThat(counts.metered()).isGreaterThan(20);
    // Those to a device that restarts with its new image.
    assertThat(heard.givenUp).containsOnlyKeys(Fate.NO_ACKNOWLEDGEMENT);
    assertThat(counts.meteredLost()).isBetween(1L, counts.metered() / 4L);
    assertThat(counts.meterWaitNanos(500)).isBetween(1L, counts.meterWaitNanos(1_000));
    // Once the channel was busy at each look, and the network layer tried again 50 ms later.
    assertThat(counts.meterWaitNanos(1_000)).isLessThan(100_000_000);
    assertThat(counts.meterWaitNanos(900)).isLessThan(20_000_000);
  }

  /** The thresholds are a twentieth of the usual ones, so that a small image reaches them. */
  @Test
  void aHubAt868MhzYieldsByStepsAndTheUpdateEndsNonetheless() {
    RadioSettings settings =
        RadioSettings.of(Band.MHZ_868)
            .with(RadioParameter.LIMITED_DUTY, 2_700)
            .with(RadioParameter.CRITICAL_DUTY, 3_750)
            .with(RadioParameter.REGULATED_DUTY, 4_500);
    Heard heard = new Heard();
    HomeReport report = run(home(settings, 20_000, DeviceType.IHD).build(), heard);
    assertThat(heard.hubDuty).contains(DutyState.LIMITED, DutyState.NORMAL);
    int discarded = heard.givenUp.getOrDefault(Fate.DUTY_CYCLE, 0);
    assertThat(discarded).isPositive();
    RadioCounts.Node hub = report.radio().orElseThrow().nodes().get(0);
    assertThat(hub.ended(Fate.DUTY_CYCLE)).isEqualTo(discarded);
    // 400 blocks of 11.28 ms are 4.5 s: more than one hour's share below the limit.
    assertThat(report.virtualNanos()).isGreaterThan(3_600_000_000_000L);
  }
}
