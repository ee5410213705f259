// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.cli.Cli;
import org.junit.jupiter.api.Test;

/** {@code hanota image verify}. */
class ImageVerifyTest extends ImageCalls {
  @Test
  void whatCannotBeCheckedIsNotCalledRight() throws IOException {
    run(0, "keygen", "--suite", "p256", "-o", at("supplier"));
    create(
        "meter.ota",
        image(300),
        "--kind",
        "gb-meter",
        "--hardware",
        "1",
        "--key",
        at("supplier.key"));
    Cli.Run run = run(1, "verify", at("meter.ota"));
    assertThat(run.out())
        .contains("meter.ota: unchecked;", "no --supplier")
        .doesNotContain("right");
    JsonNode json = JSON.readTree(run(1, "verify", "--json", at("meter.ota")).out());
    assertFollowsSchema("image-verify.json", json);
    assertThat(json.get(0).get("result").asText()).isEqualTo("unchecked");
    run(0, "verify", "--permit-unchecked", at("meter.ota"));
  }

  @Test
  void aFileThatIsNotThereIsWrongAndTheOthersAreStillVerified() throws IOException {
    create("a.ota", image(10));
    Cli.Run run = run(1, "verify", at("absent.ota"), at("a.ota"));
    assertThat(run.out())
        .contains("absent.ota: no such file", "a.ota: form right, nothing proves who made it");
    JsonNode json = JSON.readTree(run(1, "verify", "--json", at("absent.ota"), at("a.ota")).out());
    assertFollowsSchema("image-verify.json", json);
    assertThat(json).hasSize(2);
    assertThat(run(2, "verify", "--maximum-octets", "-1", at("a.ota")).err())
        .contains("--maximum-octets is -1, allowed 0 and more");
  }

  @Test
  void aFileThatNothingAuthenticatesIsNeverCalledRightAndAnEmptyImageIsRefused()
      throws IOException {
    Path image = image(300);
    Cli.Run made = run(0, with(with(NAME), "create", "-o", at("plain.ota"), image.toString()));
    assertThat(made.out()).contains("image 1234-0001-00020000");
    assertThat(run(0, "verify", at("plain.ota")).out())
        .contains(": form right, nothing proves who made it;")
        .doesNotContain(": right");
    create("coded.ota", image, "--integrity", "tag_excluded");
    Cli.Run coded = run(0, "verify", "--json", at("coded.ota"));
    assertFollowsSchema("image-verify.json", JSON.readTree(coded.out()));
    assertThat(JSON.readTree(coded.out()).get(0).get("result").asText())
        .isEqualTo("unauthenticated");
    Path empty = Files.write(folder.resolve("empty.bin"), new byte[0]);
    assertThat(run(1, with(NAME, "create", "-o", at("x.ota"), empty.toString())).err())
        .contains("empty.bin: is empty");
    assertThat(Path.of(at("x.ota"))).doesNotExist();
  }
}
