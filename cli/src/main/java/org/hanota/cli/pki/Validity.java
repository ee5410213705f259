// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import java.time.Duration;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import picocli.CommandLine.Option;

/** How long the certificates or the list are valid that a command signs. */
final class Validity {
  private static final int DAYS_MAX = 36_500;

  @Option(
      names = "--days",
      paramLabel = "NUMBER",
      defaultValue = "30",
      description = "How long what is signed is valid from now (default: ${DEFAULT-VALUE}).")
  private int days;

  /** As a time, if it is allowed. */
  Duration duration() {
    if (days < 1 || days > DAYS_MAX) {
      throw new CommandFailed(ExitCode.USAGE, "--days is " + days + ", allowed 1 to " + DAYS_MAX);
    }
    return Duration.ofDays(days);
  }
}
