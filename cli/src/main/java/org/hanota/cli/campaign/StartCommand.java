// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import picocli.CommandLine.Command;

/** Starts a campaign. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Starts a campaign: its first group begins.",
    footer = {
      "",
      "Example:",
      "  hanota campaign start spring --insecure",
      "",
      "Exit: 0 done / 1 not done, or the head end cannot be asked / 2 used wrongly."
    })
final class StartCommand extends WordCommand {}
