// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HanotaTest {
  @Test
  void withoutArgumentsItExplainsItself() {
    Cli.Run run = Cli.run();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("Usage: hanota");
  }

  /** Results and checkpoints name it. */
  @Test
  void theVersionIsTheProjects() throws IOException {
    String pom = Files.readString(Shared.root().resolve("pom.xml"));
    Matcher version =
        Pattern.compile("<artifactId>hanota-parent</artifactId>\\s*<version>([^<]+)").matcher(pom);
    assertThat(version.find()).isTrue();
    assertThat(Cli.run("--version").out().strip()).isEqualTo("hanota " + version.group(1));
  }

  @Test
  void anUnknownCommandIsWrongUse() {
    Cli.Run run = Cli.run("nonsense");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("nonsense");
  }

  /** Whether it is made alone, as for a start in little time, or with all the others. */
  @Test
  void aCommandSaysTheSameAloneAndAmongAll() {
    CommandLine all = Hanota.commandLine(new PrintWriter(Writer.nullWriter()), err());
    int commands = 0;
    for (Map.Entry<String, CommandLine> group : all.getSubcommands().entrySet()) {
      for (String name : group.getValue().getSubcommands().keySet()) {
        for (String option : List.of("--help", "--no-such-option", "--version")) {
          same(group.getKey(), name, option);
        }
        commands++;
      }
      same(group.getKey(), "--help");
      same(group.getKey(), "nonsense");
    }
    assertThat(commands).isGreaterThan(20);
  }

  private static PrintWriter err() {
    return new PrintWriter(Writer.nullWriter());
  }

  private static void same(String... arguments) {
    StringWriter alone = new StringWriter();
    int code =
        Hanota.execute(new PrintWriter(alone, true), new PrintWriter(alone, true), arguments);
    StringWriter among = new StringWriter();
    int expected =
        Hanota.commandLine(new PrintWriter(among, true), new PrintWriter(among, true))
            .execute(arguments);
    assertThat(alone.toString()).as(String.join(" ", arguments)).isEqualTo(among.toString());
    assertThat(code).as(String.join(" ", arguments)).isEqualTo(expected);
  }
}
