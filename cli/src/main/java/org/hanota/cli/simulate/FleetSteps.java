// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.nio.charset.StandardCharsets;
import org.hanota.sim.fleet.FleetResult;

/** What happened in each region and step of a campaign, a line for each in which something did. */
final class FleetSteps {
  private FleetSteps() {}

  /** Comments that begin with # say what it is of; then a heading and the lines. */
  static byte[] csv(FleetIdentity identity, FleetResult result) {
    StringBuilder text = new StringBuilder();
    identity.lines().lines().forEach(line -> text.append("# ").append(line).append('\n'));
    text.append("# digest ").append(result.digest()).append('\n');
    text.append("region,fromMillis,ordered,updated,failed,silent,wanOctets\n");
    for (FleetResult.Step each : result.steps()) {
      text.append(each.region()).append(',').append(each.fromMillis());
      text.append(',').append(each.ends().ordered()).append(',').append(each.ends().updated());
      text.append(',').append(each.ends().failed()).append(',').append(each.ends().silent());
      text.append(',').append(each.wanOctets()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
