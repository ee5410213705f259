// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hanota.api.FormatException;
import org.hanota.cli.EachFile;
import org.hanota.cli.ExitCode;
import org.hanota.gbcs.field.Field;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota gbcs}. */
@Command(
    name = "gbcs",
    mixinStandardHelpOptions = true,
    description = "Explains, checks and makes the firmware messages between suppliers and devices.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CreateCommand.class)
public final class GbcsCommand {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /** Made by picocli. */
  public GbcsCommand() {}

  @Command(
      name = "inspect",
      mixinStandardHelpOptions = true,
      description = "Explains messages field by field and says whether signature and MAC hold.",
      footer = {
        "",
        "Example:",
        "  hanota gbcs inspect command.HEX --keystore keys",
        "",
        "Ends with 0 when every message could be read, else with 1."
      })
  int inspect(
      @Parameters(
              paramLabel = "FILE.HEX",
              arity = "1..*",
              description = "Messages in hexadecimal, or folders of them; - is standard input.")
          List<Path> files,
      @Mixin Keys.Folder keystore,
      @Option(names = "--json", description = "Prints a JSON array.") boolean json)
      throws IOException {
    Keys keys = keystore.read();
    List<Inspected> read = new ArrayList<>();
    if (json) {
      boolean all = read(files, keys, read::add, (file, fields) -> {});
      print(read);
      return all ? ExitCode.DONE : ExitCode.WRONG;
    }
    boolean all =
        read(
            files,
            keys,
            inspected -> Explained.print(inspected, out()),
            (file, fields) -> Explained.print(file, fields, out()));
    return all ? ExitCode.DONE : ExitCode.WRONG;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Checks signature and MAC of messages.",
      footer = {
        "",
        "Example:",
        "  hanota gbcs verify command.HEX --keystore keys",
        "",
        "Ends with 1 when one is wrong, cannot be checked for want of a key, or lacks although the",
        "message must have it."
      })
  int verify(
      @Parameters(
              paramLabel = "FILE.HEX",
              arity = "1..*",
              description = "Messages in hexadecimal, or folders of them; - is standard input.")
          List<Path> files,
      @Mixin Keys.Folder keystore,
      @Option(names = "--json", description = "Prints a JSON array.") boolean json)
      throws IOException {
    List<Inspected> read = new ArrayList<>();
    boolean all = read(files, keystore.demand(), read::add, (file, fields) -> {});
    if (json) {
      print(read);
    } else {
      read.forEach(inspected -> out().println(Explained.summary(inspected)));
    }
    return all && read.stream().allMatch(Inspected::holds) ? ExitCode.DONE : ExitCode.WRONG;
  }

  /** Reads every file, and says in one line each why one cannot be read. */
  private boolean read(
      List<Path> files, Keys keys, Consumer<Inspected> each, BiConsumer<Path, List<Field>> refused)
      throws IOException {
    return EachFile.of(
        files,
        err(),
        file -> {
          List<Field> fields = new ArrayList<>();
          try {
            each.accept(Inspected.of(file.toString(), HexFile.read(file), fields, keys));
          } catch (FormatException fault) {
            refused.accept(file, fields);
            throw fault;
          }
          return true;
        });
  }

  private void print(List<Inspected> read) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode array = mapper.createArrayNode();
    read.forEach(inspected -> array.add(MessageJson.of(inspected)));
    array.toPrettyString().lines().forEach(out()::println);
  }

  private PrintWriter out() {
    return commandLine().getOut();
  }

  private PrintWriter err() {
    return commandLine().getErr();
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new AssertionError("not run by picocli");
    }
    return spec.commandLine();
  }
}
