// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.hanota.api.Octets;
import org.hanota.api.transport.Frame;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.sim.Home;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.pcap.HomeCapture;
import org.hanota.sim.radio.Transmission;
import org.jspecify.annotations.Nullable;

/** Writes the frames of a home as Wireshark reads them, those that did not come marked so. */
final class HomePcap implements AutoCloseable {
  private final @Nullable OutputFile file;
  private final @Nullable HomeCapture capture;

  private HomePcap(@Nullable OutputFile file, long seed) {
    this.file = file;
    this.capture =
        file == null
            ? null
            : new HomeCapture(octets -> write(file, octets), seed, Home.HUB_ADDRESS);
  }

  /** A capture into {@code file}, or none. */
  static HomePcap to(@Nullable Path file, long seed, Existing existing) throws IOException {
    return new HomePcap(file == null ? null : OutputFile.create(file, existing), seed);
  }

  private static void write(OutputFile file, Octets octets) {
    try {
      file.stream().write(octets.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Captures, then tells {@code next}. */
  Home.Listener before(Home.Listener next) {
    HomeCapture open = capture;
    if (open == null) {
      return next;
    }
    return new PassedOn(next) {
      private boolean hasRadio;

      @Override
      public void onAir(String from, String to, Transmission sent) {
        hasRadio = true;
        open.transmission(sent);
        super.onAir(from, to, sent);
      }

      @Override
      public void frame(
          long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
        if (!hasRadio) {
          open.frame(
              virtualNanos,
              frame,
              outcome == Outcome.DELIVERED
                  ? ""
                  : outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        super.frame(virtualNanos, device, toDevice, frame, outcome);
      }
    };
  }

  @Override
  public void close() throws IOException {
    if (file == null) {
      return;
    }
    try (file) {
      file.commit();
    }
  }
}
