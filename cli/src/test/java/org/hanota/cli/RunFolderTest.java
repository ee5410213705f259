// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  private static final String NAMES = "[0-9]{4}\\.txt";

  @TempDir Path folder;

  private void run(int files, Existing existing) throws IOException {
    RunFolder run = RunFolder.begin(folder, NAMES, existing);
    for (int i = 1; i <= files; i++) {
      run.write("000" + i + ".txt", new byte[] {(byte) ('0' + files)});
    }
  }

  private void contains(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder(names);
    }
  }

  @Test
  void aRunThatReplacesAnotherRemovesWhatThatMadeAndNothingElse() throws IOException {
    run(3, Existing.KEEP);
    Files.writeString(folder.resolve("0007.txt"), "mine");
    run(1, Existing.REPLACE);
    contains(RunFolder.LIST, "0001.txt", "0007.txt");
    assertThat(folder.resolve("0001.txt")).hasContent("1");
    assertThat(folder.resolve("0007.txt")).hasContent("mine");
    run(2, Existing.REPLACE);
    contains(RunFolder.LIST, "0001.txt", "0002.txt", "0007.txt");
  }

  @Test
  void whatIsThereIsKept() throws IOException {
    Files.writeString(folder.resolve("0007.txt"), "mine");
    assertThatThrownBy(() -> run(1, Existing.KEEP))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("0007.txt: is there already; name another folder");
    contains("0007.txt");
  }

  @Test
  void aListNamesNothingElsewhere() throws IOException {
    Path other = Files.writeString(folder.resolve("other.txt"), "mine");
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Files.writeString(inside.resolve(RunFolder.LIST), "../other.txt\n../0001.txt\n");
    RunFolder.begin(inside, NAMES, Existing.REPLACE).write("0001.txt", new byte[1]);
    assertThat(other).hasContent("mine");
  }
}
