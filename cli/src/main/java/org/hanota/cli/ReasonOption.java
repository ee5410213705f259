// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import picocli.CommandLine.Option;

/** Why somebody orders what he orders. */
public final class ReasonOption {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "no reason given",
      description = "Why; the status shows it with your name (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  /** Made by picocli. */
  public ReasonOption() {}

  /** In the words of whoever gave it. */
  public String text() {
    return reason;
  }
}
