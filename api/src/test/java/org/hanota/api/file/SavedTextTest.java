// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedTextTest {
  private static final String TEXT = "00DB-é \r\nzweite Zeile\r\n";

  @TempDir Path folder;

  @Test
  void aTextIsTheSameInEveryFormThatEditorsAndShellsSave() throws Exception {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String mark : List.of("\uFEFF", "")) {
        Path file = Files.write(folder.resolve("text"), (mark + TEXT).getBytes(charset));
        assertThat(SavedText.read(file, 1000)).as("%s %s", charset, mark.length()).isEqualTo(TEXT);
      }
    }
    assertThat(SavedText.decode(Octets.wrap(TEXT.getBytes(StandardCharsets.ISO_8859_1))))
        .isEqualTo(TEXT);
  }

  @Test
  void whatIsNoTextIsReadToo() throws Exception {
    for (String octets : List.of("", "00", "FF", "FFFE", "FEFF", "EFBBBF", "0000", "3082ff00")) {
      assertThat(SavedText.decode(Octets.fromHex(octets))).hasSizeLessThan(5);
    }
  }

  @Test
  void noMoreIsReadThanWasAllowed() throws Exception {
    Path file = Files.writeString(folder.resolve("long"), "x".repeat(1000));
    assertThat(SavedText.read(file, 100)).hasSize(100);
  }
}
