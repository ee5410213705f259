// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.io.TempDir;

/** Calls of {@code hanota image}, and what they work on. */
abstract class ImageCalls {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String[] NAME = {
    "--manufacturer-code", "0x1234", "--image-type", "1", "--file-version", "0x00020000"
  };

  @TempDir Path folder;

  static void assertFollowsSchema(JsonNode files) throws IOException {
    assertFollowsSchema("image-inspect.json", files);
  }

  static void assertFollowsSchema(String name, JsonNode files) throws IOException {
    Path schema = Shared.root().resolve("docs/schema").resolve(name);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(schema))
                .validate(files))
        .isEmpty();
  }

  JsonNode inspect(String file) throws IOException {
    JsonNode files = JSON.readTree(run(0, "inspect", "--json", file).out());
    assertFollowsSchema(files);
    return files.get(0);
  }

  void create(String name, Path image, String... more) {
    run(0, with(with(NAME, more), "create", "-o", at(name), image.toString()));
  }

  static Cli.Run run(int exitCode, String... arguments) {
    Cli.Run run = Cli.run(with(arguments, "image"));
    assertThat(run.exitCode())
        .as("%s%n%s%n%s", String.join(" ", arguments), run.out(), run.err())
        .isEqualTo(exitCode);
    if (exitCode != ExitCode.DONE) {
      assertThat(run.err()).doesNotContain("Exception");
    }
    return run;
  }

  /** {@code first} and then {@code more}. */
  static String[] with(String[] more, String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  String at(String name) {
    return folder.resolve(name).toString();
  }

  Path image(int size) throws IOException {
    byte[] octets = new byte[size];
    for (int i = 0; i < size; i++) {
      octets[i] = (byte) ((i * 31) >> 3);
    }
    return Files.write(folder.resolve("image.bin"), octets);
  }

  static void flip(Path file, int at) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    octets[at] ^= 1;
    Files.write(file, octets);
  }
}
