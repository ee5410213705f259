// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
    String why;
    if (file instanceof NoSuchFileException) {
      why = "no such file or folder";
    } else if (file instanceof AccessDeniedException) {
      why = "access denied";
    } else if (file instanceof FileAlreadyExistsException) {
      why = "is there already";
    } else if (file instanceof NotDirectoryException) {
      why = "is no folder";
    } else if (file.getReason() == null) {
      why = file.getClass().getSimpleName();
    } else {
      why = file.getReason();
    }
    return file.getFile() + ": " + why;
  }

  /** The code to end with. */
  public int exitCode() {
    return exitCode;
  }
}
