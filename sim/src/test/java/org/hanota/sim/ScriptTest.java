// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.device.DeviceType;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.ScriptStep.Action;
import org.hanota.sim.scenario.ScriptStep.Cue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a script says is done, at its time. */
class ScriptTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final Action OFFER = new Action.Offer(Optional.empty());
  private static final Action IN_AN_HOUR = new Action.Activate(OptionalLong.of(HOUR));

  private static DeviceReport run(DeviceType type, ScriptStep... steps) {
    return Home.run(scenario(type, steps), new FaultyHomeTest.Silent()).devices().get(0);
  }

  private static Scenario scenario(DeviceType type, ScriptStep... steps) {
    return Scenario.builder(6)
        .devices(SampleImages.device(6, "x", type, 1_000))
        .loss(0.05)
        .headEnd(world -> List.of(steps))
        .build();
  }

  private static ScriptStep step(Cue cue, long afterNanos, Action action) {
    return new ScriptStep(cue, afterNanos, "x", action);
  }

  @Test
  void aCancelledActivationNeverHappensAndTheRunSeesItsTimePass() {
    ScriptStep[] steps = {
      step(Cue.START, 0, OFFER),
      step(Cue.RECEIVED, 0, IN_AN_HOUR),
      step(Cue.RECEIVED, HOUR / 2, new Action.Cancel())
    };
    HomeReport report = Home.run(scenario(DeviceType.ESME, steps), new FaultyHomeTest.Silent());
    DeviceReport device = report.devices().get(0);
    assertThat(device.outcome()).isEqualTo(DeviceReport.Outcome.VERIFIED);
    assertThat(device.detail()).isEqualTo("its activation was cancelled");
    assertThat(device.versionAfter()).isEqualTo(device.versionBefore());
    assertThat(device.endedNanos()).isBetween(HOUR / 2, HOUR);
    assertThat(report.virtualNanos()).isGreaterThan(HOUR);
  }

  @Test
  void afterACancellationAnImageRunsWhenThatIsCommandedAgain() {
    DeviceReport device =
        run(
            DeviceType.ESME,
            step(Cue.START, HOUR, OFFER),
            step(Cue.RECEIVED, 0, IN_AN_HOUR),
            step(Cue.RECEIVED, HOUR / 2, new Action.Cancel()),
            step(Cue.CANCELLED, HOUR, new Action.Activate(OptionalLong.empty())));
    assertThat(device.outcome()).isEqualTo(DeviceReport.Outcome.CONFIRMED);
    assertThat(device.startedNanos()).isGreaterThan(HOUR);
    assertThat(device.endedNanos()).isGreaterThan(HOUR * 5 / 2);
  }

  @Test
  @DisplayName("attack 5: a clock that jumps past the time of an activation brings nothing forward")
  void aClockThatJumpsBringsNoActivationForward() {
    DeviceReport device =
        run(
            DeviceType.ESME,
            step(Cue.START, 0, OFFER),
            step(Cue.RECEIVED, 0, IN_AN_HOUR),
            step(Cue.RECEIVED, HOUR / 4, new Action.StepClock(5 * HOUR / 1_000_000)),
            step(Cue.RECEIVED, HOUR / 2, new Action.StepClock(-5 * HOUR / 1_000_000)));
    assertThat(device.outcome()).isEqualTo(DeviceReport.Outcome.CONFIRMED);
    assertThat(device.endedNanos()).isGreaterThan(HOUR);
  }

  @Test
  void aScriptThatDoesNotFitItsWorldIsRefused() {
    assertThatThrownBy(() -> scenario(DeviceType.ESME)).hasMessageContaining("never offers x");
    assertThatThrownBy(
            () ->
                scenario(
                    DeviceType.PPMID,
                    step(Cue.START, 0, OFFER),
                    step(Cue.START, 0, new Action.Cancel())))
        .hasMessageContaining("the script commands x, allowed for hcalcs, esme and gsme");
    assertThatThrownBy(() -> new ScriptStep(Cue.START, 0, ScenarioDevice.HUB, OFFER))
        .hasMessageContaining("stepClock");
  }
}
