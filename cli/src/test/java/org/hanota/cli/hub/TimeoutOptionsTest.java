// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TimeoutOptionsTest {
  @Test
  void timesAreGivenForEachPhase() {
    TimeoutOptions options = new TimeoutOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("timeouts", mixin(options)))
        .parseArgs("--timeout", "verifying=3d", "--timeout", "querying=90s");
    assertThat(options.timeouts())
        .isEqualTo(
            PhaseTimeouts.NONE
                .with(Timed.VERIFYING, 3L * 24 * 3_600_000)
                .with(Timed.QUERYING, 90_000));
  }

  private static CommandLine.Model.CommandSpec mixin(TimeoutOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }

  @ParameterizedTest
  @CsvSource({
    "sleeping=3d, 'is no phase with a time-out; allowed are [holding'",
    "verifying=soon, 'as in 90s, 30m'",
    "verifying=0s, 'not between 1s and ten years'",
    "verifying=999999999d, 'not between 1s and ten years'",
    "verifying, 'PHASE=TIME'"
  })
  void whatIsNoTimeIsWrongUse(String text, String says) {
    for (String command : new String[] {"start", "serve"}) {
      Cli.Run run = Cli.run("hub", command, "--timeout", text);
      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(says);
    }
  }
}
