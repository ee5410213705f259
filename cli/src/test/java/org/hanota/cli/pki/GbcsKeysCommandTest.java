// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two parties of {@code pki gbcs} have two addresses, and nothing is half-written. */
class GbcsKeysCommandTest {
  @TempDir private Path folder;

  private Cli.Run gbcs(String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "pki";
    arguments[1] = "gbcs";
    arguments[2] = "--dir";
    arguments[3] = folder.resolve("gbcs").toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Cli.run(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--device, 90B3D51F30010000, --supplier",
    "--device, 90B3D51F30000002, --dcc",
    "--device, 00DB123456780001, --hub-eui64",
    "--hub-eui64, 90B3D51F30010000, --supplier",
    "--dcc, 90B3D51F30010000, --supplier"
  })
  void anAddressOfTwoPartiesIsRefusedBeforeAnythingIsWritten(
      String option, String id, String other) {
    Cli.Run run = gbcs("--device", "00DB123400000000", option, id);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains(option + " is " + id + ", which " + other + " is already")
        .hasLineCount(1);
    assertThat(folder.resolve("gbcs")).doesNotExist();
  }

  @Test
  void aDeviceThatIsGivenTwiceIsThereOnce() {
    Cli.Run run = gbcs("--device", "00DB123400000000", "--device", "00db123400000000");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("devices (1)");
  }
}
