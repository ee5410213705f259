// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import picocli.CommandLine.Command;

/** {@code hanota simulate}. */
@Command(
    name = "simulate",
    description = "Simulates updates in virtual time.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = HomeCommand.class)
public final class SimulateCommand {
  /** Made by picocli. */
  public SimulateCommand() {}
}
