// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files divided, put together and taken apart. */
class ImagePartsTest extends ImageCalls {
  @Test
  void aLargeFileIsSplitAndJoinedAgain() throws IOException {
    create("large.ota", image(2_000_000));
    run(0, "split", "--first-type", "0x0100", "-o", at("parts"), at("large.ota"));
    List<String> parts = new ArrayList<>();
    try (var files = Files.list(Path.of(at("parts")))) {
      files.sorted().forEach(file -> parts.add(file.toString()));
    }
    assertThat(parts).hasSize(3);
    parts.add(0, at("joined.ota"));
    parts.add(0, "-o");
    parts.add(0, "join");
    run(0, parts.toArray(String[]::new));
    assertThat(Path.of(at("joined.ota"))).hasSameBinaryContentAs(Path.of(at("large.ota")));
    parts.remove(3);
    assertThat(run(1, parts.toArray(String[]::new)).err()).contains("no manifest");
  }

  @Test
  void elementsAreAddedAndTakenOutByTagAndFilesOutOfTheirContainer() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "what is new");
    create("a.ota", image(10), "--element", "0xF001=" + notes);
    run(0, "extract", "--tag", "0xF001", "-o", at("out.txt"), at("a.ota"));
    assertThat(Path.of(at("out.txt"))).hasSameBinaryContentAs(notes);
    assertThat(run(1, "extract", "--tag", "0xF002", "-o", at("x"), at("a.ota")).err())
        .contains("has no element F002");
    assertThat(run(2, with(NAME, "create", "--element", "3=" + notes, at("image.bin"))).err())
        .contains("tag 0003");
    byte[] inner = Files.readAllBytes(Path.of(at("a.ota")));
    byte[] outer = new byte[inner.length + 300];
    System.arraycopy(inner, 0, outer, 100, inner.length);
    Files.write(folder.resolve("outer"), outer);
    run(0, "extract", "--whole", "-o", at("inner.ota"), at("outer"));
    assertThat(Path.of(at("inner.ota"))).hasBinaryContent(inner);
  }
}
