// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hanota.hub.store.SampleTransfers.DEVICES;
import static org.hanota.hub.store.SampleTransfers.HASH;
import static org.hanota.hub.store.SampleTransfers.WAITING;
import static org.hanota.hub.store.SampleTransfers.device;
import static org.hanota.hub.store.SampleTransfers.expected;
import static org.hanota.hub.store.SampleTransfers.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.hanota.api.ImageId;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Phase;
import org.hanota.hub.store.TransferStore.Changes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvTransferStoreTest {
  @TempDir Path folder;

  private MvTransferStore open() {
    return MvTransferStore.open(folder);
  }

  private Path file() {
    return folder.resolve("transfers.mv");
  }

  /** A store in which every record was saved twice. */
  private void fill() {
    try (MvTransferStore store = open()) {
      for (int i = 0; i < DEVICES; i++) {
        store.save(Changes.of(record(i, Phase.QUEUED)));
      }
      store.save(
          new Changes(List.of(), Map.of(HASH, 2), Map.of(), Set.of(), Map.of(), StoredClock.NONE));
      store.save(new Changes(List.of(), Map.of(), WAITING, Set.of(), Map.of(), StoredClock.NONE));
      store.save(
          new Changes(
              List.of(),
              Map.of(),
              Map.of(device(2), List.of(HASH)),
              Set.of(),
              Map.of(),
              StoredClock.NONE));
      store.save(
          new Changes(
              List.of(),
              Map.of(),
              Map.of(device(2), List.of()),
              Set.of(),
              Map.of(),
              StoredClock.NONE));
      for (int i = 0; i < DEVICES; i++) {
        store.save(Changes.of(record(i, Phase.TRANSFERRING)));
      }
    }
  }

  @Test
  void everyRecordIsThereAfterItIsOpenedAgain() {
    fill();
    try (MvTransferStore store = open()) {
      assertThat(store.records()).isEqualTo(expected());
      assertThat(store.failures()).isEqualTo(Map.of(HASH, 2));
      assertThat(store.waiting()).isEqualTo(WAITING);
      assertThat(store.repairs()).isEmpty();
      store.save(
          new Changes(List.of(), Map.of(HASH, 0), Map.of(), Set.of(), Map.of(), StoredClock.NONE));
      assertThat(store.failures()).isEmpty();
    }
  }

  @Test
  void whatWasSaidOfAnImageIsThereUntilItEnds() {
    ImageId image = ImageId.of(0x1234, 1, 5);
    ImageOrder order = new ImageOrder(image, ImageOrder.Kind.ABORTED, "alice: too large");
    try (MvTransferStore store = open()) {
      store.save(changes(image, Optional.of(order)));
    }
    try (MvTransferStore store = open()) {
      assertThat(store.orders()).containsExactly(order);
      assertThat(store.repairs()).isEmpty();
      store.save(changes(image, Optional.empty()));
    }
    try (MvTransferStore store = open()) {
      assertThat(store.orders()).isEmpty();
      assertThat(store.repairs()).isEmpty();
    }
  }

  @Test
  void theTimeOfTheLastSaveIsThereAfterItIsOpenedAgain() {
    StoredClock clock =
        new StoredClock(OptionalLong.of(-5), OptionalLong.of(1_764_000_000_000L), 7);
    try (MvTransferStore store = open()) {
      assertThat(store.clock()).isEqualTo(StoredClock.NONE);
      store.save(new Changes(List.of(), Map.of(), Map.of(), Set.of(), Map.of(), clock));
    }
    try (MvTransferStore store = open()) {
      assertThat(store.clock()).isEqualTo(clock);
      assertThat(store.repairs()).isEmpty();
    }
  }

  private static Changes changes(ImageId image, Optional<ImageOrder> order) {
    return new Changes(
        List.of(), Map.of(), Map.of(), Set.of(), Map.of(image, order), StoredClock.NONE);
  }

  @Test
  void aStoreThatWasNeverClosedLosesNothing() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (MvTransferStore store = open()) {
      for (int i = 0; i < DEVICES; i++) {
        store.save(Changes.of(record(i, Phase.TRANSFERRING)));
        // What a hub finds whose process ended here.
        Files.copy(file(), copy.resolve("transfers.mv"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
            folder.resolve("transfers.witness"),
            copy.resolve("transfers.witness"),
            StandardCopyOption.REPLACE_EXISTING);
        try (MvTransferStore found = MvTransferStore.open(copy)) {
          assertThat(found.records()).isEqualTo(expected().subList(0, i + 1));
          assertThat(found.repairs()).isEmpty();
        }
      }
    }
  }

  @Test
  void whatChangedTogetherIsOneSave() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    try (MvTransferStore store = open()) {
      store.save(Changes.of(record(0, Phase.QUEUED)));
      Files.copy(file(), copy.resolve("transfers.mv"));
      store.save(
          new Changes(expected(), Map.of(HASH, 2), WAITING, Set.of(), Map.of(), StoredClock.NONE));
      assertThat(store.records()).isEqualTo(expected());
      assertThat(store.failures()).isEqualTo(Map.of(HASH, 2));
      assertThat(store.waiting()).isEqualTo(WAITING);
      Files.copy(folder.resolve("transfers.witness"), copy.resolve("transfers.witness"));
    }
    try (MvTransferStore before = MvTransferStore.open(copy)) {
      assertThat(before.repairs()).anyMatch(line -> line.contains("holds 1 of 2 saves"));
    }
  }

  @Test
  void manySavesDoNotMakeTheFileGrowForEver() throws IOException {
    try (MvTransferStore store = open()) {
      for (int i = 0; i < 500; i++) {
        store.save(Changes.of(record(i % DEVICES, Phase.QUEUED)));
      }
      assertThat(Files.size(file())).isLessThan(2_000_000);
    }
  }

  /** Whatever is damaged: what is left is what was saved, and anything lost is reported. */
  private void checkDamaged(String what) {
    try (MvTransferStore store = open()) {
      List<TransferRecord> found = store.records();
      List<TransferRecord> right = expected();
      for (TransferRecord record : found) {
        TransferRecord saved = right.get((int) record.turn());
        boolean offerLeftOut = record.phase() == Phase.IDLE && record.offer().isEmpty();
        assertThat(record.equals(saved) || offerLeftOut).as(what + ": " + record).isTrue();
      }
      if (!found.equals(right)
          || !store.failures().equals(Map.of(HASH, 2))
          || !store.waiting().equals(WAITING)) {
        assertThat(store.repairs()).as(what).isNotEmpty();
      }
      store.save(Changes.of(record(0, Phase.WAITING)));
    }
    try (MvTransferStore store = open()) {
      assertThat(store.repairs()).as(what + ", again").isEmpty();
      assertThat(store.records()).as(what).contains(record(0, Phase.WAITING));
    }
  }

  private void restore(byte[] store, byte[] witness) throws IOException {
    Files.write(file(), store);
    Files.write(folder.resolve("transfers.witness"), witness);
  }

  @Test
  void aFlippedOctetAnywhereIsFoundOrHarmless() throws IOException {
    fill();
    byte[] right = Files.readAllBytes(file());
    byte[] witness = Files.readAllBytes(folder.resolve("transfers.witness"));
    for (int at = 0; at < right.length; at += Math.max(1, right.length / 250)) {
      byte[] damaged = right.clone();
      damaged[at] ^= 0x21;
      restore(damaged, witness);
      checkDamaged("octet " + at + " of " + right.length);
    }
  }

  @Test
  void aStoreCutOffAnywhereIsFound() throws IOException {
    fill();
    byte[] right = Files.readAllBytes(file());
    byte[] witness = Files.readAllBytes(folder.resolve("transfers.witness"));
    for (int length = 0; length < right.length; length += Math.max(1, right.length / 60)) {
      restore(Arrays.copyOf(right, length), witness);
      checkDamaged("length " + length + " of " + right.length);
    }
  }

  @Test
  void garbageIsFound() throws IOException {
    fill();
    byte[] witness = Files.readAllBytes(folder.resolve("transfers.witness"));
    for (int seed = 0; seed < 10; seed++) {
      restore(SeededRandom.of(seed, 0, 0).octets(20_000).toByteArray(), witness);
      checkDamaged("garbage " + seed);
    }
    Files.delete(file());
    checkDamaged("no file");
  }

  @Test
  void aWitnessThatIsDamagedIsToldAndDoesNotCountAsNone() throws IOException {
    fill();
    byte[] store = Files.readAllBytes(file());
    byte[] witness = Files.readAllBytes(folder.resolve("transfers.witness"));
    for (int at = 0; at < witness.length; at++) {
      byte[] damaged = witness.clone();
      damaged[at] ^= 0x21;
      restore(store, damaged);
      toldOfTheWitness("octet " + at);
    }
    for (int length = 0; length < witness.length; length++) {
      restore(store, Arrays.copyOf(witness, length));
      toldOfTheWitness("length " + length);
    }
    restore(store, SeededRandom.of(1, 0, 0).octets(100).toByteArray());
    toldOfTheWitness("garbage");
    Files.delete(folder.resolve("transfers.witness"));
    toldOfTheWitness("no file");
  }

  private void toldOfTheWitness(String what) {
    try (MvTransferStore store = open()) {
      assertThat(store.records()).as(what).isEqualTo(expected());
      assertThat(store.repairs()).as(what).anyMatch(line -> line.contains("transfers.witness"));
    }
    try (MvTransferStore store = open()) {
      assertThat(store.repairs()).as(what + ", again").isEmpty();
    }
  }

  @Test
  void aFileOfSomebodyElseThatHasANameOfOursIsKept() throws IOException {
    Files.writeString(folder.resolve("transfers.mv.1.new"), "somebody's");
    Files.writeString(folder.resolve("transfers.mv.new"), "somebody's");
    Files.writeString(file(), "somebody's");
    try (MvTransferStore store = open()) {
      assertThat(store.repairs()).isNotEmpty();
    }
    assertThat(folder.resolve("transfers.mv.1.new")).hasContent("somebody's");
    assertThat(folder.resolve("transfers.mv.new")).hasContent("somebody's");
    assertThat(folder.resolve("transfers.mv.damaged-1")).hasContent("somebody's");
  }

  @Test
  void anOlderStateThanTheLastSaveKeepsNoOffers() throws IOException {
    Path old = folder.resolve("old");
    try (MvTransferStore store = open()) {
      store.save(Changes.of(record(0, Phase.QUEUED)));
    }
    Files.copy(file(), old);
    try (MvTransferStore store = open()) {
      store.save(Changes.of(record(0, Phase.FAILED)));
    }
    Files.copy(old, file(), StandardCopyOption.REPLACE_EXISTING);
    try (MvTransferStore store = open()) {
      assertThat(store.records()).singleElement().satisfies(r -> assertThat(r.offer()).isEmpty());
      assertThat(store.repairs()).anyMatch(line -> line.contains("offers left out"));
    }
  }

  @Test
  void aFolderInUseIsRefused() {
    try (MvTransferStore store = open()) {
      assertThat(store.records()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use");
    }
  }
}
