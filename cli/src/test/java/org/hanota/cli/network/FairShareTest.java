// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.cli.SmallImage;
import org.hanota.testing.JavaCommand;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 200 honest devices, paced to half of what a hub can do, beside one that floods it or a 201st
 * honest one in its place; each of the two a process at nice 19. They take turns of some seconds,
 * since what else the machine does changes by the minute.
 */
@Tag("soak")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class FairShareTest {
  private static final boolean SHORT = "short".equals(System.getProperty("hanota.soak"));
  private static final int HONEST = 200;
  private static final long FIRST = 0x00DB_1234_0000_0000L;
  private static final long OTHER = 0x00DB_1234_0001_0000L;
  private static final int TURN_SECONDS = SHORT ? 3 : 15;

  /** In each of them hostile, honest, honest, hostile. */
  private static final int ROUNDS = SHORT ? 2 : 19;

  private static final int CAPACITY_SECONDS = SHORT ? 2 : 4;

  /** A short run says less: what else the machine does comes into it. */
  private static final double LOSS = SHORT ? 0.25 : 0.10;

  private static final ImageId IMAGE = ImageId.of(0x1002, 0x5678, 2);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : started) {
      signal(process, "CONT");
      int unused = process.destroyForcibly().waitFor();
    }
  }

  private Process start(List<String> command, String log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile())
            .start();
    started.add(process);
    return process;
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private int hub(Path images) throws IOException {
    Process hub =
        start(
            HanotaProcess.builder(
                    List.of(
                        "hub",
                        "serve",
                        "--images",
                        images.toString(),
                        "--store",
                        folder.resolve("store").toString(),
                        "--insecure",
                        "--listen",
                        "localhost:0",
                        "--concurrent",
                        String.valueOf(HONEST + 2)))
                .command(),
            "hub");
    String at = "operators at ";
    while (!log("hub").contains(at)) {
      assertThat(hub.isAlive()).as(log("hub")).isTrue();
      pause(20);
    }
    String line = log("hub").lines().filter(one -> one.contains(at)).findFirst().orElseThrow();
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
  }

  /** The 201st, of which nothing is counted. */
  private Process other(Class<?> program, int port, Path image) throws IOException {
    List<String> arguments =
        List.of(
            String.valueOf(port),
            String.valueOf(OTHER),
            String.valueOf(IMAGE.manufacturerCode().value()),
            String.valueOf(IMAGE.imageType().value()),
            String.valueOf(IMAGE.fileVersion().value()),
            image.toString());
    List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
    command.addAll(JavaCommand.of(List.of("-Xmx128m"), program, arguments).command());
    return start(command, program.getSimpleName());
  }

  private static void signal(Process process, String name) throws InterruptedException {
    try {
      int unused =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static double rate(PacedDevices devices, int seconds) {
    long began = System.nanoTime();
    long before = devices.blocks();
    pause(TimeUnit.SECONDS.toMillis(seconds));
    return (devices.blocks() - before) * 1e9 / (System.nanoTime() - began);
  }

  /**
   * What the hub can do for the honest devices alone; it changes with what else the machine does.
   */
  private static double capacity(PacedDevices honest, Process... others)
      throws InterruptedException {
    for (Process other : others) {
      signal(other, "STOP");
    }
    honest.period(0);
    pause(500);
    return rate(honest, CAPACITY_SECONDS);
  }

  @Test
  void aFloodingDeviceTakesNoMoreThanATenth() throws Exception {
    if (!Files.isExecutable(Path.of("/usr/bin/nice")) || File.separatorChar != '/') {
      Skipped.because("there is no nice to start a process with");
    }
    Path images = Files.createDirectory(folder.resolve("images"));
    Octets file = SmallImage.of(750_000);
    Path image = Files.write(images.resolve("display.ota"), file.toByteArray());
    int port = hub(images);
    InetSocketAddress at = new InetSocketAddress("localhost", port);
    try (PacedDevices honest = new PacedDevices(at, FIRST, HONEST, file, IMAGE)) {
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (honest.started() < HONEST) {
        assertThat(System.nanoTime() - end).as(log("hub")).isNegative();
        pause(50);
      }
      Process flooder = other(Flooder.class, port, image);
      Process sibling = other(Sibling.class, port, image);
      List<String> rounds = new ArrayList<>();
      double[] sum = new double[2];
      for (int i = 0; i < ROUNDS; i++) {
        double capacity = capacity(honest, flooder, sibling);
        honest.period((long) (1e9 * HONEST / (capacity / 2)));
        double[] beside = {0, 0};
        for (Process one : List.of(flooder, sibling, sibling, flooder)) {
          assertThat(one.isAlive()).isTrue();
          signal(one == flooder ? sibling : flooder, "STOP");
          signal(one, "CONT");
          pause(500);
          beside[one == flooder ? 0 : 1] += rate(honest, TURN_SECONDS) / 2;
        }
        sum[0] += beside[0] / ROUNDS;
        sum[1] += beside[1] / ROUNDS;
        rounds.add(
            String.format(Locale.ROOT, "%.0f: %.0f, %.0f", capacity / 2, beside[1], beside[0]));
      }
      double loss = 1 - sum[0] / sum[1];
      System.out.println(
          String.format(
              Locale.ROOT,
              "%d honest devices: %.0f blocks a second beside one more, %.0f beside a flooder, loss"
                  + " %.1f %%; rounds (half of the capacity: beside one more, beside a flooder) %s",
              HONEST,
              sum[1],
              sum[0],
              100 * loss,
              rounds));
      assertThat(honest.wrong()).isZero();
      assertThat(honest.finished()).as("devices that were served no more").isZero();
      assertThat(loss).isLessThanOrEqualTo(LOSS);
    }
  }

  /** An honest device in a process of its own. */
  static final class Sibling {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Sibling() {}

    /** As of {@link Flooder#main}, and the file. */
    public static void main(String[] arguments) throws Exception {
      Octets file = Octets.wrap(Files.readAllBytes(Path.of(arguments[5])));
      PacedDevices one =
          new PacedDevices(
              new InetSocketAddress("localhost", Integer.parseInt(arguments[0])),
              Long.parseLong(arguments[1]) + 1,
              1,
              file,
              IMAGE);
      one.period(PERIOD_NANOS);
      Thread.currentThread().join();
    }
  }
}
