// SPDX-License-Identifier: Apache-2.0
package org.hanota.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.testing.Skipped;

/** The program, run in one folder. */
record Openssl(Path folder) {
  static Openssl require(Path folder) throws IOException, InterruptedException {
    Openssl openssl = new Openssl(folder);
    try {
      openssl.run("version");
    } catch (IOException e) {
      Skipped.because("no openssl: " + e.getMessage());
    }
    return openssl;
  }

  void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}
