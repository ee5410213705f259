// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionFilesTest {
  private static final String TEXT =
      """
      # what the maker gave\r
      --manufacturer-code 0x1234\r
      \r
      --image-type=1 '--header-string' "Anzeige für Küche"\r
        # no more\r
      --file-version 2 C:\\images\\a#b.bin\
      """;

  @TempDir Path folder;

  private String file(String text, Charset charset) throws IOException {
    return "@" + Files.write(folder.resolve("options.txt"), text.getBytes(charset));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "\uFEFFUTF-8", "\uFEFFUTF-16LE", "UTF-16LE", "ISO-8859-1"})
  void wordsAreReadHoweverTheFileWasSaved(String saved) throws IOException {
    String mark = saved.startsWith("\uFEFF") ? "\uFEFF" : "";
    Charset charset = Charset.forName(saved.substring(mark.length()));
    assertThat(OptionFiles.expanded("image", "create", file(mark + TEXT, charset), "@@out", "@"))
        .containsExactly(
            "image",
            "create",
            "--manufacturer-code",
            "0x1234",
            "--image-type=1",
            "--header-string",
            "Anzeige für Küche",
            "--file-version",
            "2",
            "C:\\images\\a#b.bin",
            "@out",
            "@");
  }

  @Test
  void aQuoteWithoutAnEndIsNamedWithItsLine() throws IOException {
    String file = file("--image-type 1\n\n  --out 'a b", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> OptionFiles.expanded(file))
        .isInstanceOf(CommandFailed.class)
        .hasMessage(file + ": line 3: a word begins with ' and nothing ends it");
  }

  @Test
  void commandsTakeThemAndNameOneThatIsNotThere() throws IOException {
    Cli.Run run = Cli.run("help", file("image\r\ntrim\r\n", StandardCharsets.UTF_16LE));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("hanota image trim");
    Cli.Run absent = Cli.run("help", "@" + folder.resolve("no.txt"));
    assertThat(absent.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(absent.err())
        .startsWith("hanota: @")
        .contains("no.txt: no such file or folder; options are read from that file, and @@")
        .hasLineCount(1);
  }
}
