// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.cli.Cli;
import org.junit.jupiter.api.Test;

/** {@code hanota image inspect} and {@code diff}. */
class ImageInspectTest extends ImageCalls {
  @Test
  void differencesAreNamed() throws IOException {
    create("one.ota", image(10));
    create("other.ota", image(10), "--string", "other");
    run(0, "diff", at("one.ota"), at("one.ota"));
    Cli.Run run = run(1, "diff", at("one.ota"), at("other.ota"));
    assertThat(run.out()).contains("header string").doesNotContain("image type");
    run = run(1, "diff", "--json", at("one.ota"), at("other.ota"));
    assertFollowsSchema("image-diff.json", JSON.readTree(run.out()));
    assertThat(run.out()).contains("header string");
  }

  @Test
  void badInputIsOneLineThatNamesFileOffsetFoundAndAllowed() throws IOException {
    Path file = folder.resolve("bad.ota");
    Files.writeString(file, "this is no OTA file");
    for (String command : List.of("inspect", "verify")) {
      Cli.Run run = run(1, command, file.toString());
      assertThat(run.out() + run.err())
          .contains("bad.ota")
          .contains("offset 0")
          .contains("74686973")
          .contains("1EF1EE0B")
          .doesNotContain("\tat ");
      assertThat((run.out() + run.err()).lines()).hasSize(1);
    }
    assertThat(run(1, "inspect", at("absent.ota")).err()).contains("no such file");
    assertThat(run(2, "inspect").err()).contains("FILE");
    assertThat(run(2, "inspect", "--kind", "gb", file.toString()).err()).contains("gb-meter");
    assertThat(run(2, with(NAME, "create", "--string", "x".repeat(32), file.toString())).err())
        .contains("31 printable");
  }

  @Test
  void aFileTooLongToBeReadAtOnceIsMappedAndInspected() throws IOException {
    create("start.ota", image(10));
    Path large = Path.of(at("start.ota"));
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(1L << 26);
    }
    Cli.Run run = run(0, "inspect", large.toString());
    assertThat(run.out()).contains("67,108,864 octets").contains("behind the image");
  }

  @Test
  void whatCannotBeReadIsNamedAndTheOthersAreStillShown() throws IOException {
    create("a.ota", image(10));
    Path bad = Files.writeString(folder.resolve("bad.ota"), "no image");
    Cli.Run run = run(1, "inspect", "--json", at("absent.ota"), bad.toString(), at("a.ota"));
    assertThat(run.err()).contains("absent.ota: no such file").contains("bad.ota");
    JsonNode files = JSON.readTree(run.out());
    assertThat(files).hasSize(2);
    assertThat(files.get(0).get("manufacturerCode").isNull()).isTrue();
    assertThat(files.get(0).get("kind").asText()).isEqualTo("unknown");
    assertFollowsSchema(files);
    assertThat(run(1, "inspect", "--json", bad.toString()).out()).contains("unreadableHeader");
  }

  @Test
  void thePlainOutputIsATableWithAMap() throws IOException {
    create("a.ota", image(1000));
    assertThat(run(0, "inspect", at("a.ota")).out())
        .contains("manufacturer code    0x1234")
        .contains("element 0000 upgrade image")
        .contains("nothing odd found");
  }

  /** Red before: the field's name stood there, and not the option's. */
  @Test
  void aNumberThatNoFieldHoldsIsToldByItsOption() throws IOException {
    Path image = image(10);
    for (String option :
        List.of("--manufacturer-code", "--image-type", "--file-version", "--stack-version")) {
      List<String> call =
          new ArrayList<>(List.of(with(NAME, "create", "-o", at("x.ota"), image.toString())));
      int given = call.indexOf(option);
      if (given > 0) {
        call.set(given + 1, "0x100000000");
      } else {
        call.addAll(List.of(option, "0x100000000"));
      }
      assertThat(run(2, call.toArray(String[]::new)).err())
          .startsWith("hanota: " + option + ": ")
          .contains("found 4294967296, allowed 0 to ");
    }
    assertThat(run(2, "extract", "--tag", "65536", "-o", at("x"), at("x.ota")).err())
        .startsWith("hanota: --tag: ");
  }
}
