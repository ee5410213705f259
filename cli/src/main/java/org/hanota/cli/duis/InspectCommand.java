// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.hanota.headend.duis.Duis;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hanota duis inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = "Explains messages; says nothing about who sent them.",
    footer = {
      "",
      "Example:",
      "  hanota duis inspect request.xml",
      "",
      "Ends with 0 when every message could be read, else with 1."
    })
final class InspectCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Mixin private final MessageFiles files = new MessageFiles();

  @Override
  public Integer call() throws IOException {
    return files.each(
        VerifyCommand.commandLine(spec),
        file -> {
          Explained explained = Explained.of(file.toString(), Duis.read(MessageFile.read(file)));
          return new MessageFiles.Said(
              String.join("\n", explained.lines()), explained.json(), true);
        });
  }
}
