// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hanota.sim.fleet.FleetReader;
import org.hanota.sim.fleet.FleetResult;
import org.hanota.sim.fleet.FleetRun;
import org.hanota.sim.fleet.FleetScenario;
import org.hanota.sim.fleet.ForkJoinEngine;

/** A process of its own that simulates a fleet: prints seconds and the most memory that it held. */
public final class FleetProcess {
  private static final double NANOS = 1e9;

  private FleetProcess() {}

  /**
   * What one process came to.
   *
   * @param seconds without the start of the process
   * @param kibibytes the most that it held, of which the operating system knows
   */
  record Run(double seconds, long kibibytes, String digest) {
    static Run of(String line) {
      String[] words = line.strip().split(" ", -1);
      return new Run(Double.parseDouble(words[0]), Long.parseLong(words[1]), words[2]);
    }
  }

  static Process start(Path scenario, long homes, int workers) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx768m",
            "-cp",
            System.getProperty("java.class.path"),
            FleetProcess.class.getName(),
            scenario.toString(),
            Long.toString(homes),
            Integer.toString(workers))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static Run end(Process process) throws IOException {
    return Run.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  /** Scenario, homes and workers. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    FleetScenario fleet =
        FleetReader.read(Files.readString(Path.of(arguments[0])))
            .withHomes(Long.parseLong(arguments[1]));
    long start = System.nanoTime();
    FleetResult result =
        FleetRun.run(
            fleet, new ForkJoinEngine(Integer.parseInt(arguments[2])), (wave, done, shards) -> {});
    System.out.printf(
        Locale.ROOT,
        "%.3f %d %s%n",
        (System.nanoTime() - start) / NANOS,
        peakKibibytes(),
        result.digest());
  }

  private static long peakKibibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("/proc/self/status has no VmHWM");
  }
}
