// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.hanota.api.transport.Frame;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.sim.Home;
import org.hanota.sim.link.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line per message: virtual seconds, device, {@code rx} or {@code tx} as the device sees
 * it, the octets of the ZCL frame, and behind them what happened to a frame that did not come
 * whole.
 */
final class HomeTrace implements AutoCloseable {
  private final @Nullable OutputFile file;
  private final @Nullable BufferedWriter out;

  private HomeTrace(@Nullable OutputFile file) {
    this.file = file;
    this.out =
        file == null
            ? null
            : new BufferedWriter(new OutputStreamWriter(file.stream(), StandardCharsets.UTF_8));
  }

  /** A trace into {@code file}, or none. */
  static HomeTrace to(@Nullable Path file, Existing existing) throws IOException {
    return new HomeTrace(file == null ? null : OutputFile.create(file, existing));
  }

  /** Traces, then tells {@code next}. */
  Home.Listener before(Home.Listener next) {
    if (out == null) {
      return next;
    }
    return new PassedOn(next) {
      @Override
      public void frame(
          long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
        write(line(virtualNanos, device, toDevice, frame, outcome));
        super.frame(virtualNanos, device, toDevice, frame, outcome);
      }
    };
  }

  private static String line(
      long nanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
    String seconds =
        String.format(Locale.ROOT, "%d.%09d", nanos / 1_000_000_000, nanos % 1_000_000_000);
    String mark =
        outcome == Outcome.DELIVERED
            ? ""
            : " " + outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return seconds + " " + device + (toDevice ? " rx " : " tx ") + frame.zcl().toHex() + mark;
  }

  private void write(String line) {
    if (out == null) {
      return;
    }
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (file == null || out == null) {
      return;
    }
    try (file) {
      out.flush();
      file.commit();
    }
  }
}
