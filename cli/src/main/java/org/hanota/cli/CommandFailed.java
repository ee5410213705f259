// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.hanota.api.FormatException;

/**
 * Ends a command with one line for its user. The line names the file, the place, what was found,
 * what is allowed and, where there is one, the cure; there is no stack trace.
 */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /** Ends with {@link ExitCode#WRONG}. */
  public CommandFailed(String line) {
    this(ExitCode.WRONG, line);
  }

  /** Ends with {@code exitCode}. */
  public CommandFailed(int exitCode, String line) {
    super(line);
    this.exitCode = exitCode;
  }

  /** A file that has not the form that it must have. */
  public static CommandFailed at(Path file, FormatException fault) {
    return new CommandFailed(file + ": " + fault.getMessage());
  }

  /** Why a file could not be read or written, in one line that names it. */
  public static String reason(IOException fault) {
    if (!(fault instanceof FileSystemException file)) {
      return String.valueOf(fault.getMessage());
    }
    String why =
        switch (file.getClass().getSimpleName()) {
          case "NoSuchFileException" -> "no such file or folder";
          case "AccessDeniedException" -> "access denied";
          case "FileAlreadyExistsException" -> "is there already";
          case "NotDirectoryException" -> "is no folder";
          default -> String.valueOf(file.getReason());
        };
    return file.getFile() + ": " + why;
  }

  /** The code to end with. */
  public int exitCode() {
    return exitCode;
  }
}
