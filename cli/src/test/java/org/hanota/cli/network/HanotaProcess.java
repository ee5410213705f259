// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hanota.cli.Hanota;

/** The command in a process of its own. */
public final class HanotaProcess implements AutoCloseable {
  private static final int LAST_LINES = 20;

  private final Process process;
  private final Thread reader;
  // Guarded by this object.
  private final List<String> last = new ArrayList<>();
  private long lines;

  private HanotaProcess(Process process, Consumer<String> told) {
    this.process = process;
    this.reader = new Thread(() -> read(told), "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it; every line that it prints goes to {@code told}. */
  static HanotaProcess start(Consumer<String> told, List<String> arguments) {
    return start(told, builder(arguments));
  }

  /** As {@link #start(Consumer, List)}, of a command that is made already. */
  static HanotaProcess start(Consumer<String> told, ProcessBuilder command) {
    try {
      return new HanotaProcess(command.redirectErrorStream(true).start(), told);
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  /** The command with these arguments, for a process that is not started yet. */
  public static ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
    // As the launcher and the manifest of its jar say: a newer JDK warns of what gRPC calls.
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp"));
    command.add(classPath());
    command.add(Hanota.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** What a process of this code needs: all that this one has, by class path or module path. */
  public static String classPath() {
    List<String> paths = new ArrayList<>();
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      String value = System.getProperty(property, "");
      if (!value.isEmpty()) {
        paths.add(value);
      }
    }
    return String.join(File.pathSeparator, paths);
  }

  private void read(Consumer<String> told) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null) {
        told.accept(line);
        keep(line);
        line = out.readLine();
      }
    } catch (IOException broken) {
      // The pipe breaks with the process.
      keep("killed");
    }
  }

  private synchronized void keep(String line) {
    last.add(line);
    if (last.size() > LAST_LINES) {
      last.remove(0);
    }
    lines++;
    notifyAll();
  }

  /** The last lines that it printed. */
  synchronized List<String> last() {
    return List.copyOf(last);
  }

  /**
   * Waits until it has printed so many lines.
   *
   * @return false if it ended before, or did not print them in time
   */
  synchronized boolean awaitLines(long count, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (lines < count && process.isAlive()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(Math.min(left, 100));
    }
    return lines >= count;
  }

  /** Waits until it ends by itself; its exit code, or nothing that a process returns. */
  int await(long minutes) throws InterruptedException {
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    if (!ended) {
      return Integer.MIN_VALUE;
    }
    reader.join();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when the process is gone and all that it printed was read. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    reader.join();
  }

  /** Sends it a signal, as STOP or CONT. */
  void signal(String name) throws InterruptedException {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + name + " " + process.pid() + ": " + kill.exitValue());
      }
    } catch (IOException fault) {
      throw new AssertionError(fault);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
