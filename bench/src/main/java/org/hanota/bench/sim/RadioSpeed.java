// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.sim;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.hanota.bench.SideBySide;
import org.hanota.bench.block.Transfers;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioSettings;

/**
 * P6: whole transfers of a simulated home with radio, losses and checks, beside the same without
 * any of it, and beside ns-3's lr-wpan where its headers and a compiler are installed.
 */
public final class RadioSpeed {
  private static final int LARGE_OCTETS = 768_000;
  private static final int SMALL_OCTETS = 128_000;
  private static final double LOSS = 0.01;
  private static final int NS3_EXCHANGES = 40_000;
  private static final long NS3_SECONDS = 300;

  private static final int ROUNDS = 15;

  /** Plain transfers in the time of a simulated one. */
  private static final int PLAIN = 10;

  private static final RadioSettings SETTINGS = RadioSettings.of(Band.GHZ_2_4);

  private RadioSpeed() {}

  /** By processor time: the machine may do other things meanwhile. */
  private static double perSecond(LongSupplier exchanges) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long done = exchanges.getAsLong();
    return done * 1e9 / (threads.getCurrentThreadCpuTime() - start);
  }

  private static long exchanges(int octets) {
    return SimulatedHome.run(SETTINGS, 1, 1, octets, LOSS).exchanges();
  }

  /** Exchanges of a simulated home in a second of processor time; the median of some rounds. */
  static double exchangesPerSecond() {
    double[] ours = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      ours[i] = perSecond(() -> exchanges(LARGE_OCTETS));
    }
    Arrays.sort(ours);
    return ours[ROUNDS / 2];
  }

  /**
   * Octets allocated in each exchange: what a large image needs more than a small one, so that the
   * home itself does not count.
   */
  public static double octetsPerExchange() {
    for (int i = 0; i < 3; i++) {
      long unused = exchanges(LARGE_OCTETS);
    }
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long start = memory.getCurrentThreadAllocatedBytes();
    long small = exchanges(SMALL_OCTETS);
    long between = memory.getCurrentThreadAllocatedBytes();
    long large = exchanges(LARGE_OCTETS);
    long end = memory.getCurrentThreadAllocatedBytes();
    return (double) ((end - between) - (between - start)) / (large - small);
  }

  /** Measures and prints. */
  public static void run(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "P6   octets allocated per exchange                  hanota %,14.0f    allowed 320%n",
        octetsPerExchange());
    Transfers plain = new Transfers();
    double[] ours = new double[ROUNDS];
    double[] theirs = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      ours[i] = perSecond(() -> exchanges(LARGE_OCTETS));
      theirs[i] = perSecond(() -> plain.run(PLAIN));
    }
    Arrays.sort(ours);
    Arrays.sort(theirs);
    double simulated = ours[ROUNDS / 2];
    out.println(
        new SideBySide.Result(
            "P6",
            "exchanges, radio, losses and checks on",
            simulated,
            "without them (P5)",
            theirs[ROUNDS / 2]));
    ns3(out, simulated);
  }

  private static void ns3(PrintStream out, double simulated) {
    try {
      Optional<String> absent = absent();
      if (absent.isPresent()) {
        out.println("P6   ns-3 lr-wpan is skipped: " + absent.get());
        return;
      }
      Path folder = Files.createTempDirectory("hanota-ns3");
      try {
        String[] numbers = ns3(folder).strip().split(" ", -1);
        out.println(
            new SideBySide.Result(
                "P6",
                "exchanges of one pair",
                simulated,
                "ns-3 lr-wpan, " + numbers[1] + " ms each",
                Double.parseDouble(numbers[0])));
      } finally {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Optional<String> absent() {
    if (!Files.isRegularFile(Path.of("/usr/include/ns3/lr-wpan-mac.h"))) {
      return Optional.of("libns3-dev of Debian is not installed");
    }
    return Files.isExecutable(Path.of("/usr/bin/g++"))
        ? Optional.empty()
        : Optional.of("g++ is not installed");
  }

  private static String ns3(Path folder) throws IOException {
    Path source = folder.resolve("lrwpan.cc");
    Path program = folder.resolve("lrwpan");
    try (InputStream in = RadioSpeed.class.getResourceAsStream("lrwpan.cc")) {
      if (in == null) {
        throw new AssertionError("lrwpan.cc is not in the program");
      }
      long unused = Files.copy(in, source);
    }
    List<String> compile =
        new ArrayList<>(
            List.of("g++", "-O2", "-std=c++17", "-o", program.toString(), source.toString()));
    for (String library :
        List.of("lr-wpan", "spectrum", "propagation", "mobility", "network", "stats", "core")) {
      compile.add("-lns3-" + library);
    }
    String unused = call(compile);
    return call(List.of(program.toString(), String.valueOf(NS3_EXCHANGES)));
  }

  private static String call(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(NS3_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command.get(0) + " did not end well: " + said);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException(stop);
    }
    return said;
  }
}
