// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys and certificates of the network in the forms in which OpenSSL writes them. */
@Timeout(120)
class OwnKeyFormsTest {
  @TempDir Path folder;

  private void openssl(String line) throws Exception {
    List<String> command = List.of(("openssl " + line).split(" ", -1));
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException absent) {
      Skipped.because("no openssl: " + absent.getMessage());
      throw new AssertionError(absent);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void keysOfEachFormAreReadOrTheCommandThatConvertsThemIsNamed() throws Exception {
    String pki = folder.toString();
    assertThat(Cli.run("pki", "init", "--dir", pki).exitCode()).isZero();
    openssl("ec -in hub.key -out sec1.key");
    Files.copy(folder.resolve("hub.pem"), folder.resolve("sec1.pem"));
    openssl("pkcs8 -topk8 -nocrypt -in operator.key -outform DER -out pkcs8-der.key");
    openssl("x509 -in operator.pem -outform DER -out pkcs8-der.pem");
    openssl("ec -in operator.key -outform DER -out sec1-der.key");
    Files.copy(folder.resolve("operator.pem"), folder.resolve("sec1-der.pem"));
    openssl("pkcs8 -topk8 -in operator.key -passout pass:x -out encrypted.key");
    Files.copy(folder.resolve("operator.pem"), folder.resolve("encrypted.pem"));
    Files.createDirectory(folder.resolve("images"));
    String[] hub = {
      "hub", "serve", "--images", pki + "/images", "--pki", pki, "--certificate", "sec1", "--listen"
    };
    try (Background serving = Background.run(with(hub, "localhost:0"))) {
      String port = serving.await("operators at .*:(\\d+)");
      for (String form : List.of("pkcs8-der", "sec1-der")) {
        Cli.Run run = status(pki, port, form);
        assertThat(run.exitCode()).as(form + ": " + run.err()).isZero();
      }
      assertThat(status(pki, port, "encrypted").err())
          .hasLineCount(1)
          .contains("encrypted.key: found no private key that is not encrypted")
          .contains("openssl pkcs8 -topk8 -nocrypt -in");
    }
  }

  private static String[] with(String[] some, String last) {
    String[] all = Arrays.copyOf(some, some.length + 1);
    all[some.length] = last;
    return all;
  }

  private static Cli.Run status(String pki, String port, String certificate) {
    return Cli.run(
        "hub", "status", "--hub", "localhost:" + port, "--pki", pki, "--certificate", certificate);
  }
}
