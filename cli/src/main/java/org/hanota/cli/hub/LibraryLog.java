// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hanota.cli.Printable;

/**
 * What the libraries of the network log, in one line each and without their traces: most of it is
 * about what strangers do, whom we name ourselves. The same again within a minute is only counted.
 */
final class LibraryLog extends Handler {
  private static final long WINDOW_NANOS = 60_000_000_000L;

  /** Kinds of records that are told apart; beyond them a new one takes the oldest one's place. */
  private static final int KINDS = 64;

  /** Kept, since a logger that nobody holds forgets its level. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private final PrintStream err;
  private final LongSupplier nanos;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  private static final class Kind {
    long sinceNanos;
    long held;
  }

  LibraryLog(PrintStream err, LongSupplier nanos) {
    this.err = err;
    this.nanos = nanos;
  }

  /** Takes the place of what the platform would print; what it needs is loaded now, not later. */
  static void install() {
    GRPC.setLevel(Level.WARNING);
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    load();
    root.addHandler(new LibraryLog(System.err, System::nanoTime));
  }

  /** Where descriptors have run out, a class that is first needed then could not be loaded. */
  private static void load() {
    LibraryLog nowhere =
        new LibraryLog(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8), () -> 0);
    for (int i = 0; i <= KINDS; i++) {
      LogRecord logged = new LogRecord(Level.WARNING, "\n" + i);
      logged.setThrown(new IOException("loaded"));
      nowhere.publish(logged);
      nowhere.publish(logged);
    }
  }

  @Override
  public synchronized void publish(LogRecord logged) {
    if (!isLoggable(logged)) {
      return;
    }
    String name = logged.getLoggerName() + ' ' + logged.getMessage();
    long now = nanos.getAsLong();
    Kind kind = kinds.get(name);
    if (kind == null) {
      if (kinds.size() == KINDS) {
        kinds.remove(kinds.keySet().iterator().next());
      }
      kind = new Kind();
      kinds.put(name, kind);
    } else if (now - kind.sinceNanos < WINDOW_NANOS) {
      kind.held++;
      return;
    }
    kind.sinceNanos = now;
    err.println(line(logged, kind.held));
    kind.held = 0;
  }

  private String line(LogRecord logged, long held) {
    StringBuilder line = new StringBuilder("hanota: ").append(logged.getLoggerName()).append(": ");
    line.append(logged.getMessage());
    Throwable cause = logged.getThrown();
    if (cause != null) {
      line.append(": ").append(cause);
    }
    if (held > 0) {
      line.append(" (and ").append(held).append(" times since it was said last)");
    }
    return Printable.line(line.toString());
  }

  @Override
  public void flush() {
    err.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
