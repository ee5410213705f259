// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hanota.cli.ReasonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Override
  ObjectNode add(ObjectNode body) {
    return body.put("reason", reason.text());
  }
}
