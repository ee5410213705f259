// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import picocli.CommandLine.Command;

/** {@code hanota hub}. */
@Command(
    name = "hub",
    mixinStandardHelpOptions = true,
    description =
        "Serves images to devices, over the network or by radio, and steers a hub that does.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      StartCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      AbortCommand.class
    })
public final class HubCommand {
  /** Made by picocli. */
  public HubCommand() {}
}
