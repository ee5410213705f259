// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What every subcommand of {@code hanota image} does: print, fail in one line, help. */
@Command(mixinStandardHelpOptions = true)
abstract class ImageTask implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public final Integer call() throws IOException {
    try {
      return run(out());
    } catch (FormatException e) {
      throw new CommandFailed(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } finally {
      out().flush();
    }
  }

  /** Does it; returns the exit code. An illegal argument of the library is wrong use. */
  abstract int run(PrintWriter out) throws IOException;

  final PrintWriter out() {
    return commandLine().getOut();
  }

  final PrintWriter err() {
    return commandLine().getErr();
  }

  final CommandFailed usage(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new AssertionError("picocli sets the specification before it calls");
    }
    return spec.commandLine();
  }
}
