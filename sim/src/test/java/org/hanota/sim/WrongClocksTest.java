// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.sim.kernel.NodeClock;
import org.hanota.sim.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices whose clocks are fast, slow or not set get their images nevertheless. */
class WrongClocksTest {
  private static Fittings with(long driftPpb, boolean set) {
    return new Fittings() {
      @Override
      public NodeClock clock(DevicePlan plan) {
        return set ? NodeClock.set(Home.UTC_START_MILLIS, driftPpb) : NodeClock.unset(driftPpb);
      }
    };
  }

  private static List<Long> times(Scenario scenario, Fittings fittings) {
    List<Long> times = new ArrayList<>();
    Home.Listener listener =
        new Home.Listener() {
          @Override
          public void event(long virtualNanos, String device, UpdateEvent event) {
            times.add(virtualNanos);
          }
        };
    assertThat(Home.run(scenario, listener, fittings).succeeded()).isTrue();
    return times;
  }

  @ParameterizedTest
  @ValueSource(longs = {-50_000_000, -20_000, 20_000, 50_000_000})
  void aDriftDelaysOrHurriesAnUpdateAndStopsNone(long driftPpb) {
    Scenario scenario = HomeTest.scenario(3, 0.05);
    assertThat(times(scenario, with(driftPpb, true))).isNotEqualTo(times(scenario, with(0, true)));
  }

  @Test
  void aDeviceWithoutTimeOfDayTakesWhatHasNoDate() {
    Scenario scenario = HomeTest.scenario(4, 0.05);
    assertThat(times(scenario, with(0, false))).isNotEmpty();
  }
}
