// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hanota simulate}. */
@Command(
    name = "simulate",
    description = "Simulates updates in virtual time.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = HomeCommand.class)
public final class SimulateCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "simulate what? " + spec.subcommands().keySet());
  }
}
