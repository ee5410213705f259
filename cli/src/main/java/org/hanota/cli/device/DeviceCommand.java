// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hanota device}. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description = "Runs devices.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = RunCommand.class)
public final class DeviceCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
