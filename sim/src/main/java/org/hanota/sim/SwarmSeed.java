// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hanota.sim.check.InvariantViolated;
import org.hanota.sim.scenario.Nemesis;

/**
 * What became of one seed of a swarm.
 *
 * @param seed its number
 * @param digest of the run, 64 hex digits, or of what was heard before it failed
 * @param fired how often each nemesis struck
 * @param sometimes how often what must sometimes happen did
 * @param checks how often an invariant was checked
 * @param devices how many there were
 * @param unfinished how many had not ended when the nemeses stopped
 * @param failed how many ended without their image, as a nemesis explains
 * @param violation what did not hold, with what was before it and the command that replays it
 */
public record SwarmSeed(
    long seed,
    String digest,
    Map<Nemesis, Long> fired,
    Map<String, Long> sometimes,
    long checks,
    int devices,
    int unfinished,
    int failed,
    Optional<String> violation) {
  /** Runs the scenario of the seed. Any fault of ours is a violation, also one that is thrown. */
  public static SwarmSeed run(long seed, Fittings fittings) {
    RunDigest digest = new RunDigest((virtualNanos, device, event) -> {});
    try {
      HomeReport report = Home.run(Swarm.scenario(seed), digest, fittings);
      return new SwarmSeed(
          seed,
          digest.hex(),
          report.fired(),
          report.sometimes(),
          report.checks(),
          report.devices().size(),
          count(report, DeviceReport.Outcome.UNFINISHED),
          count(report, DeviceReport.Outcome.FAILED),
          report.isExplained() ? Optional.empty() : Optional.of(unexplained(seed, report)));
    } catch (InvariantViolated violated) {
      return broken(seed, digest, violated.report(replay(seed)));
    } catch (RuntimeException | Error fault) {
      // An error of a machine is a finding like any other, and must not end the other seeds.
      return broken(seed, digest, fault + System.lineSeparator() + "replay: " + replay(seed));
    }
  }

  /** The command that runs this seed alone. */
  public static String replay(long seed) {
    return "hanota simulate --swarm-seed " + seed;
  }

  private static int count(HomeReport report, DeviceReport.Outcome outcome) {
    return (int) report.devices().stream().filter(d -> d.outcome() == outcome).count();
  }

  private static SwarmSeed broken(long seed, RunDigest digest, String violation) {
    return new SwarmSeed(
        seed, digest.hex(), Map.of(), Map.of(), 0, 0, 0, 0, Optional.of(violation));
  }

  private static String unexplained(long seed, HomeReport report) {
    StringBuilder text = new StringBuilder();
    for (DeviceReport device : report.devices()) {
      if (!device.succeeded() && !report.explains(device)) {
        text.append(
            String.format(
                Locale.ROOT,
                "seed %d: %s ended %s %s, and no nemesis explains it%n",
                seed,
                device.name(),
                device.outcome(),
                device.detail()));
      }
    }
    return text + "replay: " + replay(seed);
  }
}
