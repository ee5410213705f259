// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hanota.cli.ReasonOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Override
  ObjectNode add(ObjectNode body) {
    return body.put("reason", reason.text());
  }
}
