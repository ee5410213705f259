// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops a campaign. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Stops a campaign: from its answer on no request of it goes out.",
    footer = {
      "",
      "Example:",
      "  hanota campaign stop spring --reason smoke --insecure",
      "",
      "Exit: 0 done / 1 not done, or the head end cannot be asked / 2 used wrongly."
    })
final class StopCommand extends WordCommand {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "no reason given",
      description = "Why; the status shows it with your name (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  @Override
  ObjectNode add(ObjectNode body) {
    return body.put("reason", reason);
  }
}
