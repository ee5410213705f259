// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.List;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.HomeScenario;

/** Shows a simulation: to people or to machines. */
interface HomeView extends Home.Listener {
  /** Before it begins. */
  void begin(HomeScenario scenario, List<String> notes);

  /** After it ended. */
  void end(HomeReport report, long wallNanos);
}
