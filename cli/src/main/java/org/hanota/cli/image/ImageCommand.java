// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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
      IndexCommand.class,
      DiffCommand.class
    })
public final class ImageCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
