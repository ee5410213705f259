// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import picocli.CommandLine.Command;

/** {@code hanota serial}. */
@Command(
    name = "serial",
    mixinStandardHelpOptions = true,
    description = "Radio sticks on serial ports and in the network.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ProbeCommand.class, ClearCommand.class})
public final class SerialCommand {
  /** Made by picocli. */
  public SerialCommand() {}
}
