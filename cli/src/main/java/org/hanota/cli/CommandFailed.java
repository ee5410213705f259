// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

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

  /** The code to end with. */
  public int exitCode() {
    return exitCode;
  }
}
