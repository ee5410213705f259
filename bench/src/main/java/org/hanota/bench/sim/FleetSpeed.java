// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.sim;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hanota.bench.SideBySide;
import org.hanota.sim.fleet.FleetReader;
import org.hanota.sim.fleet.FleetResult;
import org.hanota.sim.fleet.FleetRun;
import org.hanota.sim.fleet.FleetScenario;
import org.hanota.sim.fleet.ForkJoinEngine;

/**
 * P9 and P13: fleets from loss to loss in little memory, and each frame of a part of the nation.
 */
public final class FleetSpeed {
  private static final long MILLION = 1_000_000;
  private static final long NATION = 27_000_000;

  /** Two in five of them have a device. */
  private static final long SHARD_HOMES = 5_000;

  private static final double KIBIBYTES = 1_024;
  private static final double NANOS = 1e9;
  private static final double HOUR = 3_600;

  private FleetSpeed() {}

  private static Path scenario() {
    return Path.of(System.getProperty("hanota.root", "."), "docs", "scenarios", "nation.yaml");
  }

  /** P9. */
  public static void transfers(PrintStream out) {
    try {
      FleetProcess.Run two = FleetProcess.end(FleetProcess.start(scenario(), MILLION, 2));
      Process first = FleetProcess.start(scenario(), MILLION, 1);
      Process second = FleetProcess.start(scenario(), MILLION, 1);
      FleetProcess.Run one = FleetProcess.end(first);
      FleetProcess.Run other = FleetProcess.end(second);
      double apart = MILLION / one.seconds() + MILLION / other.seconds();
      out.println(
          new SideBySide.Result(
              "P9",
              "homes, two workers",
              MILLION / two.seconds(),
              "two processes of one worker",
              apart));
      if (!two.digest().equals(one.digest())) {
        throw new AssertionError(
            "two workers came to " + two.digest() + ", one to " + one.digest());
      }
      FleetProcess.Run nation = FleetProcess.end(FleetProcess.start(scenario(), NATION, 2));
      out.printf(
          Locale.ROOT,
          "P9   %,d homes: %.0f s with two workers, allowed 900; %.0f MiB, %.2f of that of a"
              + " million, allowed 1.20; digest %s%n",
          NATION,
          nation.seconds(),
          nation.kibibytes() / KIBIBYTES,
          (double) nation.kibibytes() / two.kibibytes(),
          nation.digest());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** P13: set-up, verification and reduction included, in processor time. */
  public static void blocks(PrintStream out) {
    try {
      FleetScenario fleet =
          FleetReader.read(Files.readString(scenario()))
              .withLevel(FleetScenario.Level.BLOCK)
              .withHomes(SHARD_HOMES);
      OperatingSystemMXBean process =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long start = process.getProcessCpuTime();
      FleetResult result = FleetRun.run(fleet, new ForkJoinEngine(1), (wave, done, of) -> {});
      double seconds = (process.getProcessCpuTime() - start) / NANOS;
      FleetResult.DeviceResult device = result.devices().get(0);
      out.println(
          new SideBySide.Result(
              "P13",
              "exchanges, " + device.transfers() + " homes, each frame",
              device.exchanges() / seconds,
              "P6 in the same run",
              RadioSpeed.exchangesPerSecond()));
      out.printf(
          Locale.ROOT,
          "P13  %,d homes would take %,.0f hours of one core, goal 60%n",
          NATION,
          seconds / device.transfers() * NATION / HOUR);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
