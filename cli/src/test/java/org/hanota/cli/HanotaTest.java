// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
