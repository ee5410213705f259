// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOptionTest {
  @TempDir Path folder;

  private static String refused(String url) {
    Cli.Run run = Cli.run("headend", "inventory", "--store", url);
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1);
    return run.err().strip();
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedAndNotMade() {
    String url = "jdbc:h2:" + folder.resolve("none");
    assertThat(refused(url)).isEqualTo("hanota: --store: cannot open " + url + ": there is none");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aServerThatIsNotThereIsNamedWithoutThePassword() {
    assertThat(refused("jdbc:postgresql://127.0.0.1:1/name?user=u&password=secret"))
        .startsWith("hanota: --store: cannot open jdbc:postgresql://127.0.0.1:1/name: ")
        .doesNotContain("secret", "\\u000A", "Flyway");
  }
}
