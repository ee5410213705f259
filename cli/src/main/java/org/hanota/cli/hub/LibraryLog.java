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
import org.hanota.api.ParameterValues;
import org.hanota.cli.Printable;

/**
 * What the libraries of the network log, in one line each and without their traces: most of it is
 * about what strangers do, whom we name ourselves. The same again soon afterwards is only counted.
 */
final class LibraryLog extends Handler {
  private final PrintStream err;
  private final LongSupplier nanos;
  private final long windowNanos;
  private final int kindsMaximum;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();

  private static final class Kind {
    long sinceNanos;
    long held;
  }

  LibraryLog(PrintStream err, LongSupplier nanos, ParameterValues<ServeParameter> parameters) {
    this.err = err;
    this.nanos = nanos;
    this.windowNanos = parameters.get(ServeParameter.LIBRARY_LOG_WINDOW) * 1_000_000L;
    this.kindsMaximum = parameters.getInt(ServeParameter.LIBRARY_LOG_KINDS);
  }

  /** Takes the place of what the platform would print; what it needs is loaded now, not later. */
  static void install(ParameterValues<ServeParameter> parameters) {
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    load(parameters);
    root.addHandler(new LibraryLog(System.err, System::nanoTime, parameters));
  }

  /** Where descriptors have run out, a class that is first needed then could not be loaded. */
  private static void load(ParameterValues<ServeParameter> parameters) {
    LibraryLog nowhere =
        new LibraryLog(
            new PrintStream(OutputStream.nullOutputStream(), true, UTF_8), () -> 0, parameters);
    for (int i = 0; i <= nowhere.kindsMaximum; i++) {
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
      if (kinds.size() == kindsMaximum) {
        kinds.remove(kinds.keySet().iterator().next());
      }
      kind = new Kind();
      kinds.put(name, kind);
    } else if (now - kind.sinceNanos < windowNanos) {
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
