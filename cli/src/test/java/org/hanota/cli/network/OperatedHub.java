// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.jspecify.annotations.Nullable;

/** A hub in a process of its own, as its operator knows it. */
final class OperatedHub implements AutoCloseable {
  static final int QUERY_INTERVAL_S = 2;
  private static final long PATIENCE_S = 120;

  private final Path images;
  private final Path store;
  private final int port;
  private List<String> more = List.of();
  private @Nullable HanotaProcess process;

  /** The lines of all its processes. */
  private final List<String> lines = new ArrayList<>();

  OperatedHub(Path folder) throws IOException {
    images = Files.createDirectories(folder.resolve("images"));
    store = folder.resolve("store");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  Path images() {
    return images;
  }

  String address() {
    return "localhost:" + port;
  }

  /** Starts it with these options, anew if it runs. */
  void start(List<String> options) throws Exception {
    more = options;
    restart();
  }

  /** Kills it if it runs, and starts it with the same options. */
  void restart() throws Exception {
    kill();
    List<String> arguments = new ArrayList<>(List.of("hub", "serve", "--images"));
    arguments.addAll(List.of(images.toString(), "--store", store.toString(), "--insecure"));
    arguments.addAll(List.of("--listen", address()));
    arguments.addAll(more);
    CompletableFuture<String> serves = new CompletableFuture<>();
    process =
        HanotaProcess.start(
            line -> {
              synchronized (lines) {
                lines.add(line);
              }
              if (line.contains("operators at")) {
                serves.complete(line);
              }
            },
            arguments);
    String unused = serves.get(PATIENCE_S, TimeUnit.SECONDS);
  }

  /** What all its processes have said. */
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Three queries of each device. */
  void passQueries() {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3 * QUERY_INTERVAL_S + 1));
  }

  /** Runs {@code hanota hub COMMAND}. */
  Cli.Run command(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("hub", command, "--hub", address(), "--insecure"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  /** What it knows of a device; missing if it knows nothing. */
  JsonNode device(String eui64) {
    Cli.Run run = command("status", "--json", "--from", eui64, "--limit", "1");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    try {
      JsonNode device = new ObjectMapper().readTree(run.out()).path("devices").path(0);
      return device.path("device").asText().equals(eui64) ? device : device.path("none");
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  String phase(String eui64) {
    return device(eui64).path("phase").asText();
  }

  /** Waits until that is so. */
  static void await(String what, BooleanSupplier isSo) {
    assertThat(comesTrue(isSo)).as("never so: " + what).isTrue();
  }

  /** Waits until that is so; returns whether it is in the end. */
  static boolean comesTrue(BooleanSupplier isSo) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    return true;
  }

  @Override
  public void close() {
    kill();
  }

  /** Ends it as a power cut does. */
  void kill() {
    if (process != null) {
      try {
        process.kill();
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }
}
