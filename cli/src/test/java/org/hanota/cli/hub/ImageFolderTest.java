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
  private List<String> changes = List.of();

  private void read() throws IOException {
    told.clear();
    changes =
        new ImageFolder(folder, folder.resolve("state"), Optional.empty(), new IndexOptions())
            .read(told::add).into(store).stream().map(ImageFolder.Change::toString).toList();
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

  @Test
  void subFoldersAreReadAndWhatDesktopsPutThereIsPassedOverInOneLine() throws IOException {
    Files.createDirectories(folder.resolve("maker/meters"));
    Files.createDirectories(folder.resolve("@eaDir/a.ota"));
    Files.createDirectories(folder.resolve("state/images"));
    file("maker/meters/a.ota", SmallImage.of(1, 500, 1));
    file("maker/b.ota", SmallImage.of(2, 500, 1));
    file("state/images/c.ota", SmallImage.of(3, 500, 1));
    for (String rubbish :
        List.of("Thumbs.db", ".DS_Store", "maker/desktop.ini", "@eaDir/a.ota/x")) {
      file(rubbish, Octets.fromHex("00"));
    }
    read();
    assertThat(store.images().stream().map(image -> image.name()))
        .containsExactly("maker/b.ota", "maker/meters/a.ota");
    assertThat(told).hasSize(1);
    assertThat(told.get(0))
        .startsWith("passed over, as a desktop's or a storage's own: ")
        .contains("Thumbs.db", ".DS_Store", "desktop.ini", "@eaDir")
        .doesNotContain("state");
  }

  @Test
  void aWrongEntryIsNamedAndItsFileLeftOutAndTheOthersAreServed() throws IOException {
    file("a.ota", SmallImage.of(1, 500, 1));
    file("b.ota", SmallImage.of(2, 500, 1));
    file("sub-b.ota", SmallImage.of(3, 500, 1));
    Files.writeString(
        folder.resolve("index.json"),
        """
        [{"fileName": "a.ota", "manufacturerCode": "x", "imageType": 1, "fileVersion": 2},
         {"fileName": "b.ota", "manufacturerCode": 4098, "imageType": 2, "fileVersion": 2},
         {"fileName": "sub-b.ota", "manufacturerCode": 4098, "imageType": 3, "fileVersion": 2},
         17]
        """,
        java.nio.charset.StandardCharsets.UTF_16);
    read();
    assertThat(store.images().stream().map(image -> image.name()))
        .containsExactly("b.ota", "sub-b.ota");
    assertThat(told)
        .anyMatch(line -> line.contains("index.json: entry 1 (a.ota): manufacturerCode is no"))
        .anyMatch(line -> line.startsWith("passed over: " + folder.resolve("a.ota")))
        .anyMatch(line -> line.contains("index.json: entry 4: is no object"));
  }

  @Test
  void whatChangesIsNamed() throws IOException {
    file("a.ota", SmallImage.of(1, 500, 1));
    read();
    assertThat(changes).containsExactly("serves 1002-0001-00000002, a.ota");
    read();
    assertThat(changes).isEmpty();
    file("a.ota", SmallImage.of(1, 600, 2));
    file("b.ota", SmallImage.of(2, 500, 1));
    read();
    assertThat(changes)
        .containsExactly(
            "serves 1002-0001-00000002, a.ota",
            "serves 1002-0002-00000002, b.ota",
            "no longer serves 1002-0001-00000002, a.ota");
    assertThat(told).anyMatch(line -> line.startsWith("a.ota: is 1002-0001-00000002 as before"));
    Files.delete(folder.resolve("b.ota"));
    read();
    assertThat(changes).containsExactly("no longer serves 1002-0002-00000002, b.ota");
    assertThat(store.images()).hasSize(1);
  }
}
