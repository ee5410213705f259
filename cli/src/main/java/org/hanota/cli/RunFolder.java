// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the files of one run, since those of two would read as one. A list in it names them,
 * each before it is written: a run that replaces another one removes what that one made, and
 * nothing of anybody else.
 */
public final class RunFolder {
  /** Its list: a name a line. No pattern of a shell finds it among the files. */
  public static final String LIST = ".hanota-run";

  private final Path folder;
  private final Existing existing;

  private RunFolder(Path folder, Existing existing) {
    this.folder = folder;
    this.existing = existing;
  }

  /**
   * Makes the folder ready before the run begins.
   *
   * @param names a pattern of the names that the run gives: none may be there if files are kept
   */
  public static RunFolder begin(Path folder, String names, Existing existing) throws IOException {
    OutputFile.makeFolder(folder);
    if (existing == Existing.KEEP) {
      List<Path> before;
      try (Stream<Path> files = Files.list(folder)) {
        before = files.filter(file -> name(file).matches(names)).sorted().toList();
      }
      if (!before.isEmpty()) {
        throw new CommandFailed(
            before.get(0) + ": is there already; name another folder, or replace it with --force");
      }
    }
    for (String name : listed(folder)) {
      // A list that somebody changed must not name what is elsewhere.
      if (existing == Existing.REPLACE && name.matches(names)) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
    OutputFile.write(folder.resolve(LIST), new byte[0], Existing.REPLACE);
    return new RunFolder(folder, existing);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static List<String> listed(Path folder) throws IOException {
    try {
      return Files.readAllLines(folder.resolve(LIST), StandardCharsets.UTF_8);
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** Writes one of the run's files. */
  public void write(String name, byte[] octets) throws IOException {
    Files.writeString(
        folder.resolve(LIST), name + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    OutputFile.write(folder.resolve(name), octets, existing);
  }
}
