// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a campaign go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets a campaign that rests or was stopped go on, for so many devices.",
    footer = {
      "",
      "Example:",
      "  hanota campaign resume spring --devices 100 --insecure",
      "",
      "Exit: 0 done / 1 not done, or the head end cannot be asked / 2 used wrongly."
    })
final class ResumeCommand extends WordCommand {
  @Option(
      names = "--devices",
      paramLabel = "NUMBER",
      required = true,
      description = "How many may begin before it rests again.")
  private long devices;

  @Override
  ObjectNode add(ObjectNode body) {
    return body.put("devices", devices);
  }
}
