// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command within a test. */
public final class Cli {
  private Cli() {}

  /**
   * What a run printed.
   *
   * @param exitCode how it ended
   * @param out standard output
   * @param err standard error
   */
  public record Run(int exitCode, String out, String err) {}

  /** Runs {@code hanota} with these arguments. */
  public static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Hanota.execute(new PrintWriter(out), new PrintWriter(err, true), arguments);
    return new Run(code, out.toString(), err.toString());
  }
}
