// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HanotaTest {
  @Test
  void withoutArgumentsItExplainsItself() {
    Cli.Run run = Cli.run();
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("Usage: hanota");
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
