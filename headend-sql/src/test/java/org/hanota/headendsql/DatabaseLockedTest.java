// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file is one process's: whoever comes second is told so, and what to do. */
class DatabaseLockedTest {
  @TempDir Path folder;

  @Test
  void whoeverComesToAFileInUseIsToldWhoHasItAndTheCure() throws IOException {
    String url = "jdbc:h2:file:" + folder.resolve("headend");
    Database.open(url).close();

    try (FileChannel file =
            FileChannel.open(folder.resolve("headend.mv.db"), StandardOpenOption.WRITE);
        FileLock held = file.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(() -> Database.look(url))
          .isInstanceOf(DatabaseFailed.class)
          .hasMessageContaining("another process uses it")
          .hasMessageContaining("stop that process first, or use jdbc:postgresql:");
      assertThatThrownBy(() -> Database.open(url))
          .isInstanceOf(DatabaseFailed.class)
          .hasMessageContaining("another process uses it");
    }
    Database.look(url).close();
  }
}
