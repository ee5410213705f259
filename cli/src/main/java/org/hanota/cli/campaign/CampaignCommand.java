// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import picocli.CommandLine.Command;

/** {@code hanota campaign}. */
@Command(
    name = "campaign",
    mixinStandardHelpOptions = true,
    description = "Updates many devices: steers the campaigns of hanota headend serve --supplier.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CreateCommand.class,
      DryRunCommand.class,
      StartCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      StopCommand.class,
      CancelCommand.class,
      ReleaseCommand.class,
      StatusCommand.class,
      WatchCommand.class
    })
public final class CampaignCommand {
  /** Made by picocli. */
  public CampaignCommand() {}
}
