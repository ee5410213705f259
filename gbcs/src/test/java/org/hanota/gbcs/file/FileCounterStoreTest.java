// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCounterStoreTest {
  private static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");

  @TempDir Path folder;

  @Test
  void whatWasStoredIsThereAfterARestart() throws IOException {
    Path file = folder.resolve("counters");
    FileCounterStore before = FileCounterStore.open(file);
    assertThat(before.last(SUPPLIER)).isEmpty();
    before.store(SUPPLIER, -1);
    before.store(DEVICE, 7);
    before.store(DEVICE, 8);
    FileCounterStore after = FileCounterStore.open(file);
    assertThat(after.last(SUPPLIER)).hasValue(-1);
    assertThat(after.last(DEVICE)).hasValue(8);
  }

  @Test
  void noChangedOctetIsTakenForCounters() throws IOException {
    Path file = folder.resolve("counters");
    FileCounterStore.open(file).store(DEVICE, 8);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertThatThrownBy(() -> FileCounterStore.open(file))
          .as("octet %s of %s", i, new String(whole, StandardCharsets.UTF_8))
          .isInstanceOf(FormatException.class);
    }
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> FileCounterStore.open(file)).isInstanceOf(FormatException.class);
  }
}
