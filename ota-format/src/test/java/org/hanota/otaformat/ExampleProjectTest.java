// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.hanota.api.Octets;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleProjectTest {
  private static final Path PROJECT = Shared.root().resolve("examples/ota-format-alone");
  private static final Path SOURCE = PROJECT.resolve("src/main/java/example/SignAndVerify.java");

  @TempDir Path classes;

  @Test
  void aProjectThatDependsOnThisModuleAloneBuildsSignsAndVerifiesAnImage() throws Exception {
    String path = pathOf(OtaFile.class, Octets.class, ECDSASigner.class);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                List.of("--release", "17", "-cp", path, "-d", classes.toString(), SOURCE.toString())
                    .toArray(String[]::new));
    assertThat(failed).isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + File.pathSeparator + path,
                "example.SignAndVerify")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output).contains("Verified[image=1234-0001-00020000, 138 octets");
  }

  @Test
  void theExampleIsTenLinesAndNamesOneDependency() throws Exception {
    List<String> lines = Files.readAllLines(SOURCE);
    int start =
        lines.stream().filter(line -> line.contains("void main")).mapToInt(lines::indexOf).sum();
    assertThat(lines.subList(start + 1, lines.indexOf("  }")).size()).isLessThanOrEqualTo(10);
    assertThat(Files.readString(PROJECT.resolve("pom.xml")).split("<dependency>", -1)).hasSize(2);
  }

  private static String pathOf(Class<?>... classes) {
    return Stream.of(classes)
        .map(ExampleProjectTest::location)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
