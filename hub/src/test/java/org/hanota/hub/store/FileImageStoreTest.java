// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.hub.catalogue.Restrictions;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileImageStoreTest {
  /** User demand 32: more than thirty images on one hub. */
  private static final int MANY = 40;

  /** Has more chunks than are kept in memory. */
  private static final int LARGE = 50;

  @TempDir Path folder;

  static Octets file(int number) {
    OtaHeader header = OtaHeader.of(ImageId.of(0x121D, 0x80 + number, 0x0101_0000L));
    OctetSource whole =
        ZigBeeFile.builder(header)
            .upgradeImage(
                SeededRandom.of(1, number, 3).octets(number == LARGE ? 90_000 : 9_000 + number))
            .build()
            .octets();
    return whole.octets(0, (int) whole.size());
  }

  static StoredImage image(int number) {
    StoredImage plain =
        StoredImage.checkAny("image-" + number, file(number), OtaFile.MAXIMUM_IMAGE_OCTETS);
    Optional<FileVersion> version = Optional.of(new FileVersion(0x0100_0000L + number));
    return plain.restricted(
        switch (number % 4) {
          case 0 -> Restrictions.NONE;
          case 1 -> Restrictions.predecessors(Set.of(version.get()));
          case 2 ->
              new Restrictions(
                  Optional.of(HardwareVersionRange.of(number, number + 1)),
                  version,
                  version,
                  Set.of(version.get()),
                  Optional.of(new Eui64(number)));
          default ->
              new Restrictions(
                  Optional.empty(), Optional.empty(), version, Set.of(), Optional.empty());
        });
  }

  private FileImageStore open() {
    return FileImageStore.open(folder);
  }

  private void putOne() {
    try (FileImageStore store = open()) {
      store.put(image(1), file(1));
    }
  }

  private Path path(String end) {
    return folder.resolve(image(1).sha256().toHex() + end);
  }

  @Test
  void fortyImagesAreThereAfterItIsOpenedAgain() {
    try (FileImageStore store = open()) {
      for (int i = 0; i < MANY; i++) {
        store.put(image(i), file(i));
      }
    }
    try (FileImageStore store = open()) {
      assertThat(store.images()).hasSize(MANY);
      assertThat(store.repairs()).isEmpty();
      for (int i = 0; i < MANY; i++) {
        assertThat(store.images()).contains(image(i));
        OctetSource read = store.open(image(i).sha256());
        assertThat(read.octets(0, (int) read.size())).isEqualTo(file(i));
      }
    }
  }

  @Test
  void everyBlockIsTheFilesWhereverItLies() {
    putOne();
    Octets expected = file(1);
    try (FileImageStore store = open()) {
      OctetSource read = store.open(image(1).sha256());
      for (int offset = 0; offset < expected.length(); offset += 48) {
        int length = Math.min(48, expected.length() - offset);
        assertThat(read.octets(offset, length)).isEqualTo(expected.octets(offset, length));
      }
      assertThat(read.octets(100, 8_900)).isEqualTo(expected.octets(100, 8_900));
      assertThatThrownBy(() -> read.octets(expected.length() - 1, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void anImageWithAFlippedBitAnywhereIsSetAsideAndNotServed() throws IOException {
    putOne();
    byte[] right = Files.readAllBytes(path(".ota"));
    byte[] about = Files.readAllBytes(path(".about"));
    for (int at = 0; at < right.length; at += 311) {
      byte[] damaged = right.clone();
      damaged[at] ^= 4;
      Files.write(path(".ota"), damaged);
      Files.write(path(".about"), about);
      refusesIt("octet " + at);
    }
  }

  private void refusesIt(String what) {
    try (FileImageStore store = open()) {
      assertThat(store.images()).as(what).isEmpty();
      assertThat(store.repairs()).as(what).singleElement().asString().contains("set aside");
      assertThatThrownBy(() -> store.open(image(1).sha256()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anImageThatIsCutOffIsSetAsideAndCanBePutAgain() throws IOException {
    putOne();
    Files.write(path(".ota"), Arrays.copyOf(Files.readAllBytes(path(".ota")), 5_000));
    refusesIt("cut off");
    putOne();
    try (FileImageStore store = open()) {
      assertThat(store.images()).containsExactly(image(1));
      assertThat(store.repairs()).isEmpty();
    }
  }

  @Test
  void anImageWhosePredecessorsAreDamagedIsNotOfferedToEveryone() throws IOException {
    putOne();
    byte[] right = Files.readAllBytes(path(".about"));
    byte[] image = Files.readAllBytes(path(".ota"));
    for (int at = 0; at < right.length; at++) {
      byte[] damaged = right.clone();
      damaged[at] ^= 1;
      Files.write(path(".about"), damaged);
      Files.write(path(".ota"), image);
      refusesIt("octet " + at);
    }
  }

  @Test
  void whatFormat1KeptOfAnImageIsReadAndFormat3IsNot() throws IOException {
    putOne();
    Octets name = Octets.wrap("image-1".getBytes(StandardCharsets.UTF_8));
    for (int format : List.of(1, 3)) {
      OctetWriter about = new OctetWriter(64).uint8(format).octets(image(1).sha256());
      about.uint16be(name.length()).octets(name).uint16be(1).uint32be(0x0100_0001L);
      Files.write(path(".about"), Sealed.seal(about.toOctets()).toByteArray());
      try (FileImageStore store = open()) {
        assertThat(store.images()).isEqualTo(format == 1 ? List.of(image(1)) : List.of());
      }
    }
  }

  @Test
  void aPutThatNeverReturnedLeavesNothing() throws IOException {
    putOne();
    Files.delete(path(".ota"));
    Files.write(path(".ota.1.new"), file(1).slice(0, 100).toByteArray());
    Files.write(path(".about.new"), file(1).slice(0, 100).toByteArray());
    try (FileImageStore store = open()) {
      assertThat(store.images()).isEmpty();
      assertThat(store.repairs()).singleElement().asString().contains("offer it again");
    }
    assertThat(folder).isDirectoryContaining("glob:**/images.lock");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void anImageWhoseNameAndPredecessorsAreLostIsKeptAndTold() throws IOException {
    putOne();
    Files.delete(path(".about"));
    try (FileImageStore store = open()) {
      assertThat(store.images()).isEmpty();
      assertThat(store.repairs()).singleElement().asString().contains("offer the image again");
      store.put(image(1), file(1));
    }
    assertThat(path(".ota.damaged-1")).hasBinaryContent(file(1).toByteArray());
    try (FileImageStore store = open()) {
      assertThat(store.images()).containsExactly(image(1));
    }
  }

  /** Row 1 of the issue Trust: {@code --images P/images --store P}. */
  @Test
  void aFolderOfSomebodyElsesFirmwareIsRefusedAndNotTouched() throws IOException {
    Files.write(folder.resolve("firmware.ota"), file(1).toByteArray());
    Files.write(folder.resolve("firmware.ota.new"), file(2).toByteArray());
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("firmware.ota")
        .hasMessageContaining("images.lock");
    assertThat(folder.resolve("firmware.ota")).hasBinaryContent(file(1).toByteArray());
    assertThat(folder.resolve("firmware.ota.new")).hasBinaryContent(file(2).toByteArray());
  }

  @Test
  void aFileThatTheStoreDidNotMakeIsNamedAndLeftAlone() throws IOException {
    putOne();
    String otherHash = image(2).sha256().toHex();
    for (String stray : List.of("firmware.ota", "x.new", "notes", otherHash + ".about.old")) {
      Files.write(folder.resolve(stray), file(2).toByteArray());
    }
    for (int i = 0; i < 2; i++) {
      try (FileImageStore store = open()) {
        assertThat(store.images()).containsExactly(image(1));
        assertThat(store.repairs()).hasSize(4).allMatch(line -> line.contains("left alone"));
        store.put(image(2), file(2));
        store.remove(image(2).sha256());
      }
    }
    assertThat(folder.resolve("x.new")).hasBinaryContent(file(2).toByteArray());
    assertThat(folder.resolve("firmware.ota")).hasBinaryContent(file(2).toByteArray());
  }

  @Test
  void anImageDamagedWhileItIsServedIsSetAsideWhenTheHubStartsAgain() throws IOException {
    try (FileImageStore store = open()) {
      store.put(image(1), file(1));
      store.put(image(LARGE), file(LARGE));
      byte[] damaged = file(LARGE).toByteArray();
      damaged[8_200] ^= 1;
      Files.write(folder.resolve(image(LARGE).sha256().toHex() + ".ota"), damaged);
      OctetSource read = store.open(image(LARGE).sha256());
      assertThatThrownBy(() -> read.octets(8_300, 48)).isInstanceOf(IllegalStateException.class);
      assertThat(store.images()).containsExactly(image(1));
      assertThat(store.repairs()).singleElement().asString().contains("changed on the disk");
      store.put(image(LARGE), file(LARGE));
      assertThat(store.images()).hasSize(2);
    }
  }

  @Test
  void anImageFileThatIsGoneIsReported() throws IOException {
    putOne();
    Files.delete(path(".ota"));
    try (FileImageStore store = open()) {
      assertThat(store.images()).isEmpty();
      assertThat(store.repairs()).singleElement().asString().contains("lost");
    }
  }

  @Test
  void aFileThatChangesWhileItIsServedIsNotServedOn() throws IOException {
    StoredImage large = image(LARGE);
    try (FileImageStore store = open()) {
      store.put(large, file(LARGE));
      OctetSource read = store.open(large.sha256());
      byte[] damaged = file(LARGE).toByteArray();
      damaged[8_200] ^= 1;
      Files.write(folder.resolve(large.sha256().toHex() + ".ota"), damaged);
      assertThat(read.octets(4_100, 48)).isEqualTo(file(LARGE).octets(4_100, 48));
      assertThatThrownBy(() -> read.octets(8_300, 48))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("changed on the disk at 8192");
    }
  }

  @Test
  void octetsOfAnotherHashAreRefused() {
    try (FileImageStore store = open()) {
      assertThatThrownBy(() -> store.put(image(1), file(2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Sha256.of(file(2)).toHex());
    }
  }

  @Test
  void aRemovedImageIsGoneAndWhoeverReadsItReadsToItsEnd() {
    putOne();
    try (FileImageStore store = open()) {
      OctetSource read = store.open(image(1).sha256());
      store.remove(image(1).sha256());
      store.remove(image(1).sha256());
      assertThat(store.images()).isEmpty();
      assertThat(read.octets(0, 48)).isEqualTo(file(1).octets(0, 48));
    }
    try (FileImageStore store = open()) {
      assertThat(store.images()).isEmpty();
      assertThat(store.repairs()).isEmpty();
    }
  }

  @Test
  void aFolderInUseIsRefused() {
    try (FileImageStore store = open()) {
      assertThat(store.images()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use");
    }
  }
}
