// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code hanota help}: of commands of any depth. */
@Command(
    name = "help",
    mixinStandardHelpOptions = true,
    description = "Explains a command, as in hanota help image create.")
final class HelpCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command's words.")
  private List<String> words = List.of();

  @Override
  public void run() {
    if (spec == null) {
      throw new AssertionError("not run by picocli");
    }
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine below = command.getSubcommands().get(word);
      if (below == null) {
        throw new UnmatchedArgumentException(command, List.of(word));
      }
      command = below;
    }
    command.usage(command.getOut());
  }
}
