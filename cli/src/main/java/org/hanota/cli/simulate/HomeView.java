// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.List;
import org.hanota.sim.DevicePlan;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.scenario.Scenario;

/** Shows a simulation: to people or to machines. */
interface HomeView extends Home.Listener {
  /** Before it begins. */
  void begin(Scenario scenario, List<DevicePlan> plans, List<String> notes);

  /** After it ended, well or not. */
  void end(HomeReport report, boolean endedWell, long wallNanos);
}
