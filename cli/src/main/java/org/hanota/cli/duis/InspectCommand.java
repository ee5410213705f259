// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.headend.duis.Duis;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Messages of DUIS; - is standard input.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Prints an array with one object per message.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    CommandLine command = VerifyCommand.commandLine(spec);
    PrintWriter out = command.getOut();
    ArrayNode array = new ObjectMapper().createArrayNode();
    boolean all = true;
    for (Path file : files) {
      try {
        Explained explained = Explained.of(file.toString(), Duis.read(MessageFile.read(file)));
        if (json) {
          array.add(explained.json());
        } else {
          out.println(explained.text());
        }
      } catch (FormatException e) {
        command.getErr().println("hanota: " + CommandFailed.at(file, e).getMessage());
        all = false;
      } catch (CommandFailed e) {
        command.getErr().println("hanota: " + e.getMessage());
        all = false;
      }
    }
    if (json) {
      array.toPrettyString().lines().forEach(out::println);
    }
    return all ? ExitCode.DONE : ExitCode.WRONG;
  }
}
