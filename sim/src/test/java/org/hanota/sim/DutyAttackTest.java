// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceType;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.radio.Transmission;
import org.hanota.sim.scenario.Radio;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.ScriptStep.Cue;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Row 26 of the attacks in a home at 868 MHz, with thresholds that a small image reaches. */
class DutyAttackTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SEED = 5;

  private static final RadioSettings SETTINGS =
      RadioSettings.of(Band.MHZ_868)
          .with(RadioParameter.LIMITED_DUTY, 2_700)
          .with(RadioParameter.CRITICAL_DUTY, 3_000)
          .with(RadioParameter.REGULATED_DUTY, 3_200);

  /** Keeps what the hub sent and gave up, by cluster and by the state of its duty cycle. */
  private static final class Airtime implements Home.Listener {
    final Map<DutyState, List<Integer>> sent = new EnumMap<>(DutyState.class);
    final Map<DutyState, List<Integer>> discarded = new EnumMap<>(DutyState.class);
    DutyState activates = DutyState.NORMAL;
    private DutyState hub = DutyState.NORMAL;
    private long lastNanos;

    List<Integer> sent(DutyState state) {
      return sent.computeIfAbsent(state, any -> new ArrayList<>());
    }

    List<Integer> discarded(DutyState state) {
      return discarded.getOrDefault(state, List.of());
    }

    @Override
    public void event(long virtualNanos, String device, UpdateEvent event) {
      if (device.equals("esme-1") && event instanceof UpdateEvent.Activating) {
        activates = hub;
      }
    }

    /** A frame is heard at its end, before the state that it brings the hub to. */
    @Override
    public void onAir(String from, String to, Transmission frame) {
      if (from.equals(HUB) && !frame.isAcknowledgement()) {
        sent(hub).add(frame.frame().clusterId());
        lastNanos = frame.endNanos();
      }
    }

    @Override
    public void givenUp(long virtualNanos, String from, String to, Frame frame, Fate fate) {
      if (from.equals(HUB) && fate == Fate.DUTY_CYCLE) {
        discarded.computeIfAbsent(hub, any -> new ArrayList<>()).add(frame.clusterId());
      }
    }

    @Override
    public void duty(long virtualNanos, String node, DutyState state) {
      if (!node.equals(HUB)) {
        return;
      }
      if (state.compareTo(hub) < 0 && lastNanos == virtualNanos) {
        // What is over is seen at the first frame after it.
        List<Integer> before = sent(hub);
        sent(state).add(before.remove(before.size() - 1));
      }
      hub = state;
    }
  }

  /** A meter is commanded so long after its image is there; a display's larger image goes on. */
  private static Airtime commanded(long afterSeconds) {
    Scenario scenario =
        Scenario.builder(SEED)
            .devices(
                SampleImages.device(SEED, "esme-1", DeviceType.ESME, 2_000),
                SampleImages.device(SEED, "ppmid-2", DeviceType.PPMID, 20_000))
            .headEnd(
                world ->
                    Scripts.usual(world).stream()
                        .map(step -> step.cue() == Cue.RECEIVED ? later(step, afterSeconds) : step)
                        .toList())
            .radio(new Radio(SETTINGS, 10 * SECOND))
            .build();
    Airtime heard = new Airtime();
    HomeReport report = Home.run(scenario, heard);
    assertThat(report.succeeded()).as(report.devices().toString()).isTrue();
    return heard;
  }

  private static ScriptStep later(ScriptStep step, long seconds) {
    return new ScriptStep(step.cue(), seconds * SECOND, step.device(), step.action());
  }

  @Test
  @DisplayName("attack 26: over its duty cycle a hub yields updates first; commands go on")
  void attack26TheUpdateYieldsAndACommandGoesOn() {
    Airtime heard = commanded(600);
    assertThat(heard.sent(DutyState.NORMAL)).contains(Clusters.OTA_UPGRADE);
    assertThat(heard.discarded(DutyState.NORMAL)).isEmpty();
    assertThat(heard.discarded(DutyState.LIMITED)).containsOnly(Clusters.OTA_UPGRADE);
    assertThat(heard.sent(DutyState.LIMITED)).isNotEmpty();
    assertThat(heard.sent(DutyState.CRITICAL)).contains(Clusters.TUNNELING);
    assertThat(heard.sent(DutyState.CRITICAL)).doesNotContain(Clusters.OTA_UPGRADE);
    assertThat(heard.activates).isEqualTo(DutyState.CRITICAL);
  }

  @Test
  @DisplayName("attack 26: a command that a regulated hub discards is a named failure, tried again")
  void attack26ADiscardedCommandHasItsNameAndComesLater() {
    Airtime heard = commanded(1_200);
    assertThat(heard.sent(DutyState.REGULATED)).as("nothing is sent").isEmpty();
    assertThat(heard.discarded(DutyState.REGULATED)).contains(Clusters.TUNNELING);
    assertThat(heard.activates).isNotEqualTo(DutyState.REGULATED);
    assertThat(heard.sent(heard.activates)).contains(Clusters.TUNNELING);
  }
}
