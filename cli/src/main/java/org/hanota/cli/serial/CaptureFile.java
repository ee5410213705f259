// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.hanota.api.Octets;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.transport.serial.Capture;

/**
 * A capture in a file; each message is in the file as soon as it is recorded. A disk that is full
 * ends the capture, not the updates.
 */
final class CaptureFile implements AutoCloseable {
  private final Path file;
  private final OutputStream out;
  private final Consumer<String> broken;
  private final Capture capture;
  private boolean ended;

  private CaptureFile(Path file, Existing existing, String portName, Consumer<String> broken)
      throws IOException {
    this.file = file;
    this.broken = broken;
    this.out = OutputFile.grow(file, existing);
    this.capture = new Capture(this::write, CaptureFile::utcNanos, portName);
  }

  /**
   * Begins a capture.
   *
   * @param broken is told why no more is recorded
   */
  static CaptureFile create(Path file, Existing existing, String portName, Consumer<String> broken)
      throws IOException {
    return new CaptureFile(file, existing, portName, broken);
  }

  Capture capture() {
    return capture;
  }

  private synchronized void write(Octets octets) {
    if (ended) {
      return;
    }
    try {
      out.write(octets.toByteArray());
    } catch (IOException full) {
      ended = true;
      broken.accept(file + ": the capture ends here: " + full.getMessage());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    ended = true;
    out.close();
  }

  private static long utcNanos() {
    Instant now = Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
