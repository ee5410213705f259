// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.bank.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileImageBankTest {
  private static final FileVersion FACTORY = new FileVersion(0x0100_0000L);
  private static final int CAPACITY = 10_000;

  @TempDir Path folder;

  private FileImageBank open() {
    return FileImageBank.open(folder, CAPACITY, FACTORY);
  }

  private static Journal at(long position) {
    return Journal.factory(FACTORY)
        .withDownload(
            Optional.of(Download.of(ImageId.of(0x121D, 0x80, 0x0101_0000L), 5_000).at(position)));
  }

  /** A bank whose two copies say 100 and 200. */
  private void twoJournals() {
    try (FileImageBank bank = open()) {
      bank.save(at(100));
      bank.save(at(200));
    }
  }

  /** The file that holds the newer journal: the third and fourth were saved. */
  private Path newer() {
    return folder.resolve("journal-1");
  }

  private Path older() {
    return folder.resolve("journal-0");
  }

  @Test
  void aNewBankIsAsTheFactoryLeavesIt() {
    try (FileImageBank bank = open()) {
      assertThat(bank.journal()).isEqualTo(Journal.factory(FACTORY));
      assertThat(bank.read(Slot.A, 4).octets(0, 4)).isEqualTo(Octets.fromHex("00000000"));
    }
  }

  @Test
  void whatWasSavedIsThereAfterItIsOpenedAgain() {
    Octets block = SeededRandom.of(1, 2, 3).octets(48);
    try (FileImageBank bank = open()) {
      bank.erase(Slot.B, 0);
      bank.write(Slot.B, 96, block);
      bank.save(at(144));
    }
    try (FileImageBank bank = open()) {
      assertThat(bank.journal()).isEqualTo(at(144));
      assertThat(bank.read(Slot.B, 200).octets(96, 48)).isEqualTo(block);
      assertThat(bank.damage()).isEmpty();
      bank.erase(Slot.B, 0);
      assertThat(bank.read(Slot.B, 200).octets(96, 1)).isEqualTo(Octets.fromHex("00"));
    }
  }

  @Test
  void aJournalDamagedAtAnyOctetGivesWayToTheOneBefore() throws IOException {
    twoJournals();
    byte[] right = Files.readAllBytes(newer());
    byte[] rightBefore = Files.readAllBytes(older());
    for (int i = 0; i < right.length; i++) {
      byte[] damaged = right.clone();
      damaged[i] ^= 0x10;
      Files.write(newer(), damaged);
      Files.write(older(), rightBefore);
      try (FileImageBank bank = open()) {
        assertThat(bank.journal()).as("octet " + i).isEqualTo(at(100));
        assertThat(bank.damage()).singleElement().asString().startsWith("journal-1: ");
      }
      try (FileImageBank bank = open()) {
        assertThat(bank.damage()).as("mended").isEmpty();
        assertThat(bank.journal()).isEqualTo(at(100));
      }
    }
  }

  @Test
  void aJournalCutOffAnywhereGivesWayToTheOneBefore() throws IOException {
    twoJournals();
    byte[] right = Files.readAllBytes(newer());
    byte[] rightBefore = Files.readAllBytes(older());
    for (int length = 0; length < right.length; length++) {
      Files.write(newer(), java.util.Arrays.copyOf(right, length));
      Files.write(older(), rightBefore);
      try (FileImageBank bank = open()) {
        assertThat(bank.journal()).as("length " + length).isEqualTo(at(100));
      }
    }
  }

  @Test
  void aJournalNeverFinishedLeavesTheNewestOneInPlace() throws IOException {
    twoJournals();
    Files.write(folder.resolve("journal-0.new"), new byte[] {1, 2, 3});
    try (FileImageBank bank = open()) {
      assertThat(bank.journal()).isEqualTo(at(200));
      bank.save(at(300));
      assertThat(bank.journal()).isEqualTo(at(300));
    }
  }

  @Test
  void twoDamagedJournalsAreRefusedByNameAndNothingIsGuessed() throws IOException {
    twoJournals();
    Files.write(newer(), SeededRandom.of(1, 1, 1).octets(90).toByteArray());
    Files.write(older(), new byte[0]);
    assertThatThrownBy(this::open)
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("journal in " + folder)
        .hasMessageContaining("journal-0: ")
        .hasMessageContaining("journal-1: ");
  }

  @Test
  void slotsWithoutAnyJournalAreRefused() throws IOException {
    twoJournals();
    Files.delete(newer());
    Files.delete(older());
    assertThatThrownBy(this::open)
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no journal beside slot-a");
  }

  @Test
  void aCopyInTheOthersPlaceIsNoJournal() throws IOException {
    twoJournals();
    Files.copy(older(), newer(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (FileImageBank bank = open()) {
      assertThat(bank.journal()).isEqualTo(at(100));
      assertThat(bank.damage()).singleElement().asString().contains("sequence");
    }
  }

  @Test
  void aFolderInUseIsRefusedUntilItIsClosed() {
    try (FileImageBank bank = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("in use");
      assertThat(bank.journal().running()).isEqualTo(FACTORY);
    }
    open().close();
  }

  @Test
  void aPlaceThatIsNoFolderIsRefusedByName() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    assertThatThrownBy(() -> FileImageBank.open(file, CAPACITY, FACTORY))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void dataBeyondTheCapacityIsRefused() {
    try (FileImageBank bank = open()) {
      bank.write(Slot.B, CAPACITY - 2, Octets.fromHex("0102"));
      assertThatThrownBy(() -> bank.write(Slot.B, CAPACITY - 1, Octets.fromHex("0102")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("10001");
    }
  }
}
