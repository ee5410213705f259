// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command in the background, and what it prints. A thread for each: in a pool that two cores
 * give one thread, the first command that never ends keeps all others from beginning.
 */
public final class Background implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int SHOWN = 2_000;

  private final StringWriter printed = new StringWriter();
  private final StringWriter standardOutput = new StringWriter();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread thread;

  private Background(String... arguments) {
    PrintWriter out = new PrintWriter(new Both(standardOutput, printed), true);
    PrintWriter err = new PrintWriter(printed, true);
    thread =
        new Thread(
            () -> exitCode.complete(Hanota.execute(out, err, arguments)),
            "hanota " + String.join(" ", arguments));
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs {@code hanota} with these arguments. */
  public static Background run(String... arguments) {
    return new Background(arguments);
  }

  /** How it ended, once it has. */
  public CompletableFuture<Integer> exitCode() {
    return exitCode;
  }

  /** What goes to one writer goes to another as well. */
  private static final class Both extends FilterWriter {
    private final Writer other;

    Both(Writer one, Writer other) {
      super(one);
      this.other = other;
    }

    @Override
    public void write(int character) throws IOException {
      super.write(character);
      other.write(character);
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
      super.write(characters, from, length);
      other.write(characters, from, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
      super.write(text, from, length);
      other.write(text, from, length);
    }
  }

  /** What it printed so far, but for its errors. */
  public String standardOutput() {
    return standardOutput.toString();
  }

  /** Everything that it printed so far, errors included. */
  public String printed() {
    return printed.toString();
  }

  private String end() {
    String all = printed();
    return all.substring(Math.max(0, all.length() - SHOWN));
  }

  /** Waits until it has printed what the pattern finds; returns its first group. */
  public String await(String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() - end < 0) {
      Matcher matcher = wanted.matcher(printed());
      if (matcher.find()) {
        return matcher.group(matcher.groupCount());
      }
      if (exitCode.isDone()) {
        break;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    throw new AssertionError("never said " + pattern + ", but " + end());
  }

  /** The objects that it printed, one a line. */
  public List<JsonNode> json() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : printed().lines().toList()) {
      objects.add(new ObjectMapper().readTree(line));
    }
    return objects;
  }

  /** Interrupts it, as a test's way to press Ctrl-C, and waits until it has ended. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    if (thread.isAlive()) {
      throw new AssertionError(thread.getName() + " does not end; it said " + end());
    }
  }
}
