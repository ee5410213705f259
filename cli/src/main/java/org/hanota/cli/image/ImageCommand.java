// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import picocli.CommandLine.Command;

/** {@code hanota image}. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    description = "Makes, reads, checks and signs OTA upgrade files.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CreateCommand.class,
      InspectCommand.class,
      VerifyCommand.class,
      SignCommand.class,
      KeygenCommand.class,
      ExtractCommand.class,
      SplitCommand.class,
      JoinCommand.class,
      TrimCommand.class,
      IndexCommand.class,
      DiffCommand.class
    })
public final class ImageCommand {
  /** Made by picocli. */
  public ImageCommand() {}
}
