// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.SeededRandom;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import picocli.CommandLine.Option;

/** What goes wrong on a device's way to its hub, and with the device itself. */
final class LinkOptions {
  private static final Pattern POWER_CUT = Pattern.compile("power-cut@(100|\\d{1,2})%");
  private static final long NANOS_PER_MS = 1_000_000L;

  @Option(
      names = "--loss",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description =
          "Frames lost on the way, in each direction, 0 to 1; 0.2 is 20 %% (default:"
              + " ${DEFAULT-VALUE}).")
  private double loss;

  @Option(
      names = "--delay",
      paramLabel = "MILLIS",
      defaultValue = "0",
      description =
          "Each frame comes late by up to so many milliseconds, so that frames overtake each other"
              + " (default: ${DEFAULT-VALUE}).")
  private long delayMs;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description =
          "power-cut@37%%: each device loses its power for five seconds when so much has come. May"
              + " be given several times.")
  private List<String> faults = List.of();

  void check() {
    if (!(loss >= 0 && loss <= 1)) {
      throw new CommandFailed(
          ExitCode.USAGE, "--loss is " + loss + ", allowed 0 to 1 (0.2 is 20 %)");
    }
    if (delayMs < 0 || delayMs > 60_000) {
      throw new CommandFailed(ExitCode.USAGE, "--delay is " + delayMs + ", allowed 0 to 60000");
    }
    List<Integer> unused = powerCuts();
  }

  /** At which percentages of its image a device loses its power. */
  List<Integer> powerCuts() {
    return faults.stream().map(LinkOptions::powerCut).toList();
  }

  private static int powerCut(String fault) {
    Matcher matcher = POWER_CUT.matcher(fault);
    if (!matcher.matches()) {
      throw new CommandFailed(
          ExitCode.USAGE, "--fault is \"" + fault + "\", allowed power-cut@0% to power-cut@100%");
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** The transport with these faults. */
  Transport worn(Transport transport, Scheduler scheduler, SeededRandom random) {
    return loss == 0 && delayMs == 0
        ? transport
        : new WornTransport(transport, scheduler, random, loss, delayMs * NANOS_PER_MS);
  }
}
