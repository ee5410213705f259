// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives a campaign up. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Gives a campaign up for good.",
    footer = {
      "",
      "Example:",
      "  hanota campaign cancel spring --reason superseded --insecure",
      "",
      "Exit: 0 done / 1 not done, or the head end cannot be asked / 2 used wrongly."
    })
final class CancelCommand extends WordCommand {
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
