// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command reads whole. */
public final class InputFile {
  private InputFile() {}

  /**
   * Its octets.
   *
   * @param maximum how many there may be
   * @throws CommandFailed naming the file, if it is a folder or longer
   * @throws IOException naming the file, if it cannot be read
   */
  public static byte[] read(Path file, long maximum) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandFailed(file + ": is a folder, a file is wanted");
    }
    long size = Files.size(file);
    if (size > maximum) {
      throw new CommandFailed(file + ": has " + size + " octets, allowed " + maximum);
    }
    return Files.readAllBytes(file);
  }
}
