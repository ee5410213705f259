// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import picocli.CommandLine.Command;

/** Lets a campaign rest. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Lets a campaign rest: no device begins; those that have begun go on.",
    footer = {
      "",
      "Example:",
      "  hanota campaign pause spring --insecure",
      "",
      "Exit: 0 done / 1 not done, or the head end cannot be asked / 2 used wrongly."
    })
final class PauseCommand extends WordCommand {}
