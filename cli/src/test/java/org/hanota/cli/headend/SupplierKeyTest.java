// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hanota.cli.Cli;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A supplier's system beside the DCC, from the folders that {@code pki gbcs} makes. */
@Timeout(90)
class SupplierKeyTest {
  @TempDir Path folder;

  /** Red before: "has no ..-ds.pem with its .key", of a folder in which the first one is. */
  @Test
  void aKeyThatIsInAnotherFolderIsNamedWithItsCure() {
    Path keys = folder.resolve("gbcs");
    assertThat(
            Cli.run("pki", "gbcs", "--dir", keys.toString(), "--device", "00DB123400000000")
                .exitCode())
        .isZero();
    Cli.Run run =
        Cli.run(
            "headend",
            "serve",
            "--insecure",
            "--listen",
            "localhost:0",
            "--estate",
            Shared.root().resolve("docs/vectors/estate.json").toString(),
            "--keystore",
            keys.resolve("dcc").toString(),
            "--xml-keys",
            keys.resolve("dcc-xml").toString(),
            "--supplier",
            "90B3D51F30010000");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.err())
        .hasLineCount(1)
        .contains(
            "dcc: has no 90B3D51F30010000-ds.key", "copy it there from the supplier's folder");
  }
}
