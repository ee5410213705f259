// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hanota.testing.Skipped;

/** A pair of pseudo-terminals, which is a cable that can be pulled out. */
final class Socat implements AutoCloseable {
  private final Path left;
  private final Path right;
  private Process process;

  private Socat(Path left, Path right, Process process) {
    this.left = left;
    this.right = right;
    this.process = process;
  }

  /** Plugs the cable in; skips the calling test, and says so, where socat is not installed. */
  static Socat plug(Path folder) throws IOException, InterruptedException {
    Path left = folder.resolve("left");
    Path right = folder.resolve("right");
    try {
      return new Socat(left, right, start(left, right));
    } catch (IOException absent) {
      Skipped.because("socat is not installed");
      throw absent;
    }
  }

  private static Process start(Path left, Path right) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("socat", "pty,raw,echo=0,link=" + left, "pty,raw,echo=0,link=" + right)
            .redirectErrorStream(true)
            .start();
    // Only the links tell that it is ready.
    while (process.isAlive() && !(Files.exists(left) && Files.exists(right))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return process;
  }

  String left() {
    return left.toString();
  }

  String right() {
    return right.toString();
  }

  /** Pulls the cable out. */
  void unplug() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    Files.deleteIfExists(left);
    Files.deleteIfExists(right);
  }

  /** Puts it back. */
  void replug() throws IOException, InterruptedException {
    process = start(left, right);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
