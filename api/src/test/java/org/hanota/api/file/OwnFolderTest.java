// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFolderTest {
  @TempDir Path folder;

  private OwnFolder hold() throws IOException {
    return OwnFolder.hold(folder.resolve("own"), "own.lock", name -> name.startsWith("slot"));
  }

  private Path inIt(String name) throws IOException {
    return Files.createDirectories(folder.resolve("own")).resolve(name);
  }

  @Test
  void aNewFolderIsMadeAndKnownAgain() throws IOException {
    try (OwnFolder own = hold()) {
      assertThat(own.wasOurs()).isFalse();
    }
    try (OwnFolder own = hold()) {
      assertThat(own.wasOurs()).isTrue();
    }
  }

  @Test
  void aFolderWithFilesOfSomebodyElseIsRefusedAndNotTouched() throws IOException {
    Files.write(inIt("slot-a"), new byte[] {1});
    assertThatThrownBy(this::hold)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds slot-a and no own.lock");
    assertThat(inIt("own.lock")).doesNotExist();
  }

  @Test
  void filesThatTheOwnerNeverTouchesDoNotMatter() throws IOException {
    Files.write(inIt("notes.txt"), new byte[] {1});
    hold().close();
    hold().close();
  }

  @Test
  void theLockOfAnOlderVersionIsEmptyAndTakenOver() throws IOException {
    Files.createFile(inIt("own.lock"));
    Files.write(inIt("slot-a"), new byte[] {1});
    try (OwnFolder own = hold()) {
      assertThat(own.wasOurs()).isTrue();
    }
  }

  @Test
  void aFileOfSomebodyElseWithTheNameOfTheLockIsRefusedAndNotTouched() throws IOException {
    Files.writeString(inIt("own.lock"), "of another program");
    assertThatThrownBy(this::hold)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not the mark");
    assertThat(inIt("own.lock")).hasContent("of another program");
  }

  @Test
  void aFolderIsHeldByOne() throws IOException {
    try (OwnFolder held = hold()) {
      assertThat(held.path()).isEqualTo(folder.resolve("own"));
      assertThatThrownBy(this::hold)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use");
    }
    hold().close();
  }
}
