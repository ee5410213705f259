// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.cli.SmallImage;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;

  private final InMemoryImageStore store = new InMemoryImageStore();
  private final List<String> told = new ArrayList<>();

  private void read() throws IOException {
    ImageFolder.read(folder, Optional.empty(), FolderIndex.NONE, store, told::add);
  }

  private Path file(String name, Octets content) throws IOException {
    return Files.write(folder.resolve(name), content.toByteArray());
  }

  @Test
  void ofTwoFilesForTheSameDevicesTheFirstIsServedAndTheOtherNamed() throws IOException {
    Path first = file("a.ota", SmallImage.of(500));
    Path equal = file("b.ota", SmallImage.of(500));
    Path other = file("c.ota", SmallImage.of(600));
    read();
    assertThat(store.images()).hasSize(1);
    assertThat(store.images().iterator().next().name()).isEqualTo("a.ota");
    assertThat(told).hasSize(2);
    assertThat(told.get(0))
        .startsWith("passed over: " + equal + ": is ")
        .endsWith(", equal to " + first + ", which is served");
    assertThat(told.get(1))
        .startsWith("passed over: " + other + ": is ")
        .endsWith(", as is " + first + ", which is served");
  }

  @Test
  void aFolderWithoutImagesIsNamed() throws IOException {
    read();
    assertThat(told).containsExactly(folder + ": holds no image to serve");
  }
}
