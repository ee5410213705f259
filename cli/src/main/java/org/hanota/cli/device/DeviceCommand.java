// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import picocli.CommandLine.Command;

/** {@code hanota device}. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description = "Runs devices.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = RunCommand.class)
public final class DeviceCommand {
  /** Made by picocli. */
  public DeviceCommand() {}
}
