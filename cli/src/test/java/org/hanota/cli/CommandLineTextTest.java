// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTextTest {
  @Test
  void aShellReadsTheSameArgumentsAgain() throws Exception {
    List<String> arguments =
        List.of("simulate", "home", "--image", "it's a $file.ota", "--fault", "power-cut@37%", "");
    String text = CommandLineText.of(arguments);
    assertThat(text).startsWith("hanota simulate home --image '").contains(" power-cut@37% ");
    Process shell =
        new ProcessBuilder("sh", "-c", "hanota() { printf '%s\\n' \"$@\"; }; " + text).start();
    String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    assertThat(read).isEqualTo(String.join("\n", arguments) + "\n");
  }
}
