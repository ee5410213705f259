// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets the next group follow. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = "Lets the next group follow one that waits at its gate or fell short.",
    footer = {
      "",
      "Example:",
      "  hanota campaign release spring --group canary --insecure",
      "",
      "Exit: 0 done / 1 not done, or the head end cannot be asked / 2 used wrongly."
    })
final class ReleaseCommand extends WordCommand {
  @Option(
      names = "--group",
      paramLabel = "NAME",
      required = true,
      description = "The group that the next one may follow.")
  private String group = "";

  @Override
  ObjectNode add(ObjectNode body) {
    return body.put("group", group);
  }
}
