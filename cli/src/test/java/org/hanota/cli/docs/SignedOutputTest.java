// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code duis sign} makes replaces nothing unless it is told to. */
class SignedOutputTest {
  private static final String SOMEBODYS = "somebody's";

  @TempDir Path folder;

  private Cli.Run sign(String... more) {
    String[] call = {
      "duis",
      "sign",
      folder.resolve("activate.xml").toString(),
      folder.resolve("answer.xml").toString(),
      "--keystore",
      folder.resolve("supplier-gbcs").toString(),
      "--xml-keys",
      folder.resolve("supplier-xml").toString(),
      "-o",
      folder.resolve("signed.xml").toString()
    };
    return Cli.run(Stream.concat(Arrays.stream(call), Arrays.stream(more)).toArray(String[]::new));
  }

  @Test
  void whatIsThereIsKeptUnlessItIsToBeReplaced() throws Exception {
    Workplace workplace = new Workplace(folder);
    try {
      Path signed = Files.writeString(folder.resolve("signed.xml"), SOMEBODYS);
      Cli.Run kept = sign();
      assertThat(kept.exitCode()).isEqualTo(ExitCode.WRONG);
      assertThat(kept.err()).contains("signed.xml: is there already");
      assertThat(signed).hasContent(SOMEBODYS);
      Cli.Run replaced = sign("--force");
      assertThat(replaced.exitCode()).as(replaced.err()).isZero();
      assertThat(Files.readString(signed)).contains("SignedPreCommand");
    } finally {
      workplace.close();
    }
  }
}
