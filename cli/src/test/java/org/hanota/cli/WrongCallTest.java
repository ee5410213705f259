// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every command of the tree is called wrongly, and says in one line what is wrong. */
class WrongCallTest {
  private static final Set<Class<?>> NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);

  static Stream<List<String>> commands() {
    List<List<String>> paths = new ArrayList<>();
    collect(tree(), List.of(), paths);
    // The library's own, which as a command for help ignores what it does not know.
    paths.remove(List.of("generate-completion"));
    assertThat(paths).hasSizeGreaterThan(30);
    return paths.stream();
  }

  static Stream<List<String>> groups() {
    return commands().filter(path -> isGroup(at(path)));
  }

  private static CommandLine tree() {
    return Hanota.commandLine(
        new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
  }

  private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
    paths.add(path);
    command
        .getSubcommands()
        .forEach(
            (name, sub) ->
                collect(sub, Stream.concat(path.stream(), Stream.of(name)).toList(), paths));
  }

  private static CommandLine at(List<String> path) {
    CommandLine command = tree();
    for (String name : path) {
      command = Objects.requireNonNull(command.getSubcommands().get(name));
    }
    return command;
  }

  private static boolean isGroup(CommandLine command) {
    return !command.getSubcommands().isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anUnknownOptionIsNamedInOneLine(List<String> path) {
    said(path, "--no-such-option").contains("unknown option --no-such-option");
  }

  /** Red before: long ones were broken between words, and what one copied did not run. */
  @ParameterizedTest
  @MethodSource("commands")
  void anExampleIsPrintedAsItIsTyped(List<String> path) {
    UsageMessageSpec usage = at(path).getCommandSpec().usageMessage();
    for (String line : usage.footer()) {
      if (line.startsWith("  ")) {
        assertThat(line.length()).as(line).isLessThan(usage.width());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatAListOfCommandsShowsIsAWholeSentence(List<String> path) {
    assertThat(at(path).getCommandSpec().usageMessage().description()[0]).endsWith(".");
  }

  @ParameterizedTest
  @MethodSource("groups")
  void anUnknownCommandIsNamedWithThoseThatThereAre(List<String> path) {
    said(path, "nonsense")
        .contains("nonsense", at(path).getSubcommands().keySet().iterator().next());
  }

  @ParameterizedTest
  @MethodSource("groups")
  void aBareGroupOfCommandsExplainsItself(List<String> path) {
    Cli.Run run = Cli.run(path.toArray(String[]::new));
    assertThat(run.out()).contains("Usage: " + name(path));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpOfACommandIsThatCommandsOwn(List<String> path) {
    List<String> help = new ArrayList<>(path);
    help.add(0, "help");
    List<String> own = new ArrayList<>(path);
    own.add("--help");
    assertThat(Cli.run(help.toArray(String[]::new)).out())
        .isEqualTo(Cli.run(own.toArray(String[]::new)).out())
        .contains("Usage: " + name(path));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anOptionWithoutItsValueIsNamed(List<String> path) {
    for (OptionSpec option : at(path).getCommandSpec().options()) {
      if (option.arity().min() == 1) {
        said(path, option.longestName()).contains(option.longestName() + " needs a value");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aFlagTakesNoValue(List<String> path) {
    for (OptionSpec option : at(path).getCommandSpec().options()) {
      if (option.arity().max() == 0 && !option.usageHelp() && !option.versionHelp()) {
        said(path, option.longestName() + "=perhaps")
            .contains(option.longestName(), "takes no value");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsNoNumberIsNamedInPlainWords(List<String> path) {
    for (OptionSpec option : at(path).getCommandSpec().options()) {
      if (NUMBERS.contains(option.type()) && option.arity().min() == 1) {
        said(path, option.longestName() + "=many")
            .containsPattern(option.longestName() + ": .*many.* no (whole )?number");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatIsMissingIsSaidAsSuch(List<String> path) {
    Optional<String> required =
        at(path).getCommandSpec().requiredArgs().stream()
            .map(arg -> arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel())
            .findFirst();
    required.ifPresent(name -> said(path).contains("missing: ").contains(name));
  }

  private static String name(List<String> path) {
    return String.join(" ", Stream.concat(Stream.of("hanota"), path.stream()).toList());
  }

  private static org.assertj.core.api.AbstractStringAssert<?> said(
      List<String> path, String... rest) {
    String[] call = Stream.concat(path.stream(), Stream.of(rest)).toArray(String[]::new);
    Cli.Run run = Cli.run(call);
    String what = String.join(" ", call);
    assertThat(run.exitCode()).as(what).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).as(what).isEmpty();
    assertThat(run.err().strip().lines()).as(what).hasSize(1);
    return assertThat(run.err())
        .as(what)
        .startsWith("hanota: ")
        .contains(name(path) + " --help")
        .doesNotContain("positional", "'" + "int", "java.");
  }
}
