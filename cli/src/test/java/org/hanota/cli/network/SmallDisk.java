// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hanota.testing.Skipped;

/** A file system of some megabytes, which can be filled. */
public final class SmallDisk implements AutoCloseable {
  private final Path path;

  private SmallDisk(Path path) {
    this.path = path;
  }

  /** Mounts it at that folder, which is made; the calling test is skipped where it may not be. */
  public static SmallDisk at(Path path, int megabytes) throws IOException {
    Files.createDirectory(path);
    if (!run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "hanota", path.toString())) {
      Skipped.because("a small file system cannot be mounted here; it takes root");
    }
    return new SmallDisk(path);
  }

  private static boolean run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException absent) {
      return false;
    }
    process.getInputStream().readAllBytes();
    return process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue() == 0;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Leaves no room on it; whoever deletes the file that is returned makes some again. */
  public Path fill() throws IOException {
    Path filler = path.resolve("filler");
    byte[] piece = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  @Override
  public void close() throws IOException {
    // A process that was killed a moment ago may not have ended yet.
    assertThat(run("umount", "--lazy", path.toString())).isTrue();
  }
}
