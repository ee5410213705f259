// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.hanota.cli.campaign.CampaignCommand;
import org.hanota.cli.compare.CompareCommand;
import org.hanota.cli.device.DeviceCommand;
import org.hanota.cli.duis.DuisCommand;
import org.hanota.cli.explore.ExploreCommand;
import org.hanota.cli.gbcs.GbcsCommand;
import org.hanota.cli.headend.HeadEndCommand;
import org.hanota.cli.hub.HubCommand;
import org.hanota.cli.image.ImageCommand;
import org.hanota.cli.pki.PkiCommand;
import org.hanota.cli.serial.EmulateCommand;
import org.hanota.cli.serial.SerialCommand;
import org.hanota.cli.simulate.SimulateCommand;
import org.hanota.cli.study.StudyCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The {@code hanota} command. */
@Command(
    name = "hanota",
    mixinStandardHelpOptions = true,
    version = "hanota 0.1.0-SNAPSHOT",
    description = {
      "Over-the-air firmware updates for Great Britain's smart-metering homes.",
      "@FILE among the arguments stands for the words in that file."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SimulateCommand.class,
      CompareCommand.class,
      ExploreCommand.class,
      GbcsCommand.class,
      DuisCommand.class,
      HeadEndCommand.class,
      CampaignCommand.class,
      SerialCommand.class,
      EmulateCommand.class,
      ParametersCommand.class,
      ImageCommand.class,
      HubCommand.class,
      DeviceCommand.class,
      StudyCommand.class,
      PkiCommand.class,
      HelpCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Hanota {

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    StandardOutput written = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    // Octets go to System.out past the writer; both have to remember what fails.
    System.setOut(new PrintStream(new BufferedOutputStream(written), false));
    PrintWriter out = new PrintWriter(written, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = execute(out, err, arguments);
    out.flush();
    System.out.flush();
    if (written.failure().isPresent()) {
      err.println("hanota: standard output: " + written.failure().get().getMessage());
      code = code == ExitCode.DONE ? ExitCode.WRONG : code;
    }
    err.flush();
    System.exit(code);
  }

  /** Runs the command; of the many only the one that the arguments name is made. */
  static int execute(PrintWriter out, PrintWriter err, String... given) {
    String[] arguments;
    try {
      arguments = OptionFiles.expanded(given);
    } catch (CommandFailed fault) {
      new PrintableWriter(err, true).println("hanota: " + fault.getMessage());
      return fault.exitCode();
    }
    Optional<CommandLine> named = named(arguments);
    if (named.isEmpty()) {
      return commandLine(out, err).execute(arguments);
    }
    return set(named.get(), out, err).execute(arguments);
  }

  /**
   * The tree of the one command that the first two arguments name; empty if they name none, so that
   * the whole tree must explain itself.
   */
  private static Optional<CommandLine> named(String... arguments) {
    if (arguments.length < 2) {
      return Optional.empty();
    }
    return sub(Hanota.class, arguments[0])
        .flatMap(
            group ->
                sub(group, arguments[1])
                    .map(
                        command -> {
                          CommandLine above = new CommandLine(CommandSpec.create());
                          above.setCommandName(arguments[0]);
                          above.addSubcommand(command);
                          CommandLine root = new CommandLine(CommandSpec.create());
                          root.setCommandName("hanota");
                          return root.addSubcommand(above);
                        }));
  }

  private static Optional<Class<?>> sub(Class<?> group, String name) {
    Command about = group.getAnnotation(Command.class);
    for (Class<?> each : about == null ? new Class<?>[0] : about.subcommands()) {
      Command sub = each.getAnnotation(Command.class);
      if (sub != null && sub.name().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The command with its output to the writers given, as tests call it. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return set(new CommandLine(new Hanota()), out, err);
  }

  private static CommandLine set(CommandLine command, PrintWriter out, PrintWriter err) {
    return WrongCall.voice(command)
        .setOut(new PrintableWriter(out, false))
        .setErr(new PrintableWriter(err, true))
        // Colours would be escape sequences, which nothing but our own text could be trusted with.
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Hanota::failed);
  }

  /** One line for what a user can mend; everything else is a fault of ours and keeps its trace. */
  private static int failed(Exception fault, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    command.getOut().flush();
    if (fault instanceof CommandFailed failed) {
      command.getErr().println("hanota: " + failed.getMessage());
      return failed.exitCode();
    }
    if (fault instanceof IOException io) {
      command.getErr().println("hanota: " + CommandFailed.reason(io));
      return ExitCode.WRONG;
    }
    if (fault instanceof UncheckedIOException io) {
      command
          .getErr()
          .println("hanota: " + CommandFailed.reason(Objects.requireNonNull(io.getCause())));
      return ExitCode.WRONG;
    }
    throw fault;
  }
}
