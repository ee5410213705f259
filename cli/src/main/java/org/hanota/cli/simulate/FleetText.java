// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hanota.cli.Counted;
import org.hanota.headend.campaign.CountedCampaign;
import org.hanota.sim.fleet.FleetResult;

/** What a fleet came to, for people. */
final class FleetText {
  private static final double HOUR = 3_600_000;
  private static final double SECOND = 1_000;
  private static final double MEGA = 1e6;

  private FleetText() {}

  static List<String> lines(FleetIdentity identity, FleetResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s, level %s, seed %d, campaign %s",
            Counted.of(identity.homes(), "home"),
            result.scenario().level().label(),
            identity.seed(),
            result.state()));
    for (FleetResult.WaveResult each : result.waves()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "wave %s: from %.0f h, %s, %s",
              each.name(),
              each.startMillis() / HOUR,
              Counted.of(each.devices(), "device"),
              ends(each.ends())));
    }
    for (FleetResult.RegionResult each : result.regions()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "region %s: %s; from request to end %s in the median, %s for 99 %%; WAN %,.0f MB",
              each.name(),
              ends(each.ends()),
              time(each.medianMillis()),
              time(each.most99Millis()),
              each.wanOctets() / MEGA));
    }
    for (FleetResult.DeviceResult each : result.devices()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "device %s: %s, %s in the median, %s for 99 %%; %s in %s",
              each.name(),
              Counted.of(each.transfers(), "transfer"),
              time(each.medianMillis()),
              time(each.most99Millis()),
              Counted.of(each.repetitions(), "repetition"),
              Counted.of(each.exchanges(), "exchange")));
    }
    for (CountedCampaign.Decision each : result.decisions()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%8.1f h  %s is %s%s",
              each.utcMillis() / HOUR,
              each.wave().isEmpty() ? "campaign" : "wave " + each.wave(),
              each.state(),
              each.why().isEmpty() ? "" : ": " + each.why()));
    }
    lines.add("digest " + result.digest());
    return lines;
  }

  private static String ends(FleetResult.Ends ends) {
    return String.format(
        Locale.ROOT,
        "%,d asked, %,d updated, %,d failed, %,d silent",
        ends.ordered(),
        ends.updated(),
        ends.failed(),
        ends.silent());
  }

  private static String time(long millis) {
    if (millis < 0) {
      return "none";
    }
    return millis < HOUR
        ? String.format(Locale.ROOT, "%.1f s", millis / SECOND)
        : String.format(Locale.ROOT, "%.1f h", millis / HOUR);
  }
}
