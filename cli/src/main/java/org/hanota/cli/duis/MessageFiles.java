// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.cli.EachFile;
import org.hanota.cli.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The messages of a command that says something of each, as text or as JSON. */
final class MessageFiles {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Messages of DUIS, or folders of them; - is standard input.")
  private List<Path> files = new ArrayList<>();

  @Option(names = "--json", description = "Prints an array with one object per message.")
  private boolean json;

  /**
   * What is said of one message.
   *
   * @param isGood whether the command may end with 0
   */
  record Said(String text, ObjectNode json, boolean isGood) {}

  /** Says something of one message. */
  interface Speaker {
    /**
     * Reads the message.
     *
     * @throws FormatException if it cannot be read; the other files are still looked at
     */
    Said of(Path file) throws IOException;
  }

  /** Prints what is said of each message; returns the exit code. */
  int each(CommandLine command, Speaker speaker) throws IOException {
    PrintWriter out = command.getOut();
    ArrayNode array = new ObjectMapper().createArrayNode();
    boolean all =
        EachFile.of(
            files,
            command.getErr(),
            file -> {
              Said said = speaker.of(file);
              if (json) {
                array.add(said.json());
              } else {
                said.text().lines().forEach(out::println);
              }
              return said.isGood();
            });
    if (json) {
      array.toPrettyString().lines().forEach(out::println);
    }
    return all ? ExitCode.DONE : ExitCode.WRONG;
  }
}
