// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final Octets OLD = Octets.wrap(new byte[] {1, 2, 3});
  private static final Octets LONG = SeededRandom.of(1, 0, 0).octets(200_000);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("journal");
  }

  @Test
  void afterACommitTheFileIsTheNewOneAndNothingElseIsLeft() throws IOException {
    WholeFile.replace(file(), OLD);
    WholeFile.replace(file(), LONG);
    assertThat(Octets.wrap(Files.readAllBytes(file()))).isEqualTo(LONG);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void whatFailsInTheMiddleLeavesTheOldFile() throws IOException {
    WholeFile.replace(file(), OLD);
    OctetSource failing =
        new OctetSource() {
          @Override
          public long size() {
            return LONG.length();
          }

          @Override
          public Octets octets(long offset, int length) {
            if (offset > 100_000) {
              throw new IllegalStateException("broken");
            }
            return LONG.slice((int) offset, length);
          }
        };
    assertThatThrownBy(() -> WholeFile.replace(file(), failing)).hasMessage("broken");
    assertThat(Octets.wrap(Files.readAllBytes(file()))).isEqualTo(OLD);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void aFileOfSomebodyElseIsNeverWrittenOver() throws IOException {
    Path plain = folder.resolve("journal.new");
    Path first = folder.resolve("journal.1.new");
    Files.write(plain, new byte[] {7});
    Files.write(first, new byte[] {8});
    WholeFile.replace(file(), LONG);
    assertThat(plain).hasBinaryContent(new byte[] {7});
    assertThat(first).hasBinaryContent(new byte[] {8});
  }

  @Test
  void whatAProcessLeftIsKnownByItsName() {
    assertThat(WholeFile.isUnfinished("journal.1.new", "journal")).isTrue();
    assertThat(WholeFile.isUnfinished("journal.12.new", "journal")).isTrue();
    assertThat(WholeFile.isUnfinished("journal.new", "journal")).isFalse();
    assertThat(WholeFile.isUnfinished("journal.old.new", "journal")).isFalse();
    assertThat(WholeFile.isUnfinished("another.1.new", "journal")).isFalse();
  }
}
