// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import picocli.CommandLine.Command;

/** {@code hanota emulate}. */
@Command(
    name = "emulate",
    mixinStandardHelpOptions = true,
    description = "Stands in for hardware that is not there.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {EmulateZnpCommand.class, EmulateEzspCommand.class})
public final class EmulateCommand {
  /** Made by picocli. */
  public EmulateCommand() {}
}
