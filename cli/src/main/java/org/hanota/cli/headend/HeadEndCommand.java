// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import picocli.CommandLine.Command;

/** {@code hanota headend}. */
@Command(
    name = "headend",
    mixinStandardHelpOptions = true,
    description =
        "Suppliers and the DCC: service requests, what becomes of them, and who did what.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      ServeCommand.class,
      ReceiveCommand.class,
      InventoryCommand.class,
      AuditCommand.class
    })
public final class HeadEndCommand {
  /** Made by picocli. */
  public HeadEndCommand() {}
}
