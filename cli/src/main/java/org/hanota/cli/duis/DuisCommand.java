// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import picocli.CommandLine.Command;

/** {@code hanota duis}. */
@Command(
    name = "duis",
    mixinStandardHelpOptions = true,
    description = "Makes, explains and checks messages between suppliers and the DCC.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InspectCommand.class,
      VerifyCommand.class,
      RequestCommand.class,
      SignCommand.class
    })
public final class DuisCommand {
  /** Made by picocli. */
  public DuisCommand() {}
}
