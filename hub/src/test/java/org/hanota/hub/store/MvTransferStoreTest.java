// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.catalogue.Series;
import org.hanota.hub.store.TransferStore.Changes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MvTransferStoreTest {
  private static final ImageId IMAGE = ImageId.of(0x121D, 0x80, 0x0101_0000L);
  private static final Octets HASH = SeededRandom.of(1, 1, 1).octets(32);
  private static final int DEVICES = 12;

  private static final Map<Peer, List<Octets>> WAITING =
      Map.of(device(1), List.of(HASH, Octets.EMPTY, HASH.slice(0, 3)));

  @TempDir Path folder;

  private static Peer device(int number) {
    return new Peer(new Eui64(0x00DB123456789100L + number), 1);
  }

  /** Each with other fields present. */
  private static TransferRecord record(int number, Phase phase) {
    Peer device = device(number);
    UpgradeTime when =
        switch (number % 3) {
          case 0 -> new UpgradeTime.Now();
          case 1 -> new UpgradeTime.At(1_767_225_600_000L);
          default -> new UpgradeTime.Held();
        };
    return new TransferRecord(
        new UpdateName(device, IMAGE.imageType()),
        number % 2 == 0 ? Optional.of(IMAGE) : Optional.empty(),
        number % 4 == 0 ? Optional.of(new HardwareVersion(0x0102)) : Optional.empty(),
        phase,
        number % 5 == 4
            ? Optional.empty()
            : Optional.of(
                new Offer(
                    device,
                    IMAGE,
                    when,
                    number - 3,
                    number % 2 == 1
                        ? Optional.of(DowngradePermission.because("für den Test"))
                        : Optional.empty(),
                    number == 6
                        ? Optional.of(
                            new VersionRange(new FileVersion(7), new FileVersion(0xFFFF_FFFEL)))
                        : Optional.empty(),
                    number % 6 == 5
                        ? PhaseTimeouts.NONE
                            .with(Timed.VERIFYING, 86_400_000L)
                            .with(Timed.HOLDING, 1)
                        : PhaseTimeouts.NONE)),
        number % 5 == 4 ? new UpgradeTime.Now() : when,
        number,
        number % 3 == 0 ? Now.UTC_UNKNOWN : 1_767_225_600_000L + number,
        number % 6 == 5 ? 1_767_225_700_000L : Now.UTC_UNKNOWN,
        number % 5 == 4
            ? Optional.of(new HubStatus.LastFailure(Failure.ABORTED, "the device gave up"))
            : Optional.empty(),
        number == 7 ? Optional.of(new Series(IMAGE, 2, 3)) : Optional.empty(),
        number % 6 == 4 ? Optional.of(HASH) : Optional.empty(),
        number == 9 ? Optional.of(new ReceivedImage(IMAGE, HASH, true)) : Optional.empty(),
        number == 8,
        number == 10
            ? List.of(
                new FileEnd(
                    HASH,
                    Optional.of(new HubStatus.LastFailure(Failure.INVALID_IMAGE, "refused")),
                    2,
                    true,
                    1_767_225_700_000L),
                new FileEnd(Octets.EMPTY, Optional.empty(), 0, false, Now.UTC_UNKNOWN))
            : List.of());
  }

  private MvTransferStore open() {
    return MvTransferStore.open(folder);
  }

  private Path file() {
    return folder.resolve("transfers.mv");
  }

  private static List<TransferRecord> expected() {
    List<TransferRecord> records = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      records.add(record(i, Phase.TRANSFERRING));
    }
    return records;
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

  /** A store as an older version wrote it: records end before what that version did not keep. */
  private void older(int version, int octetsLess) {
    try (MVStore store = new MVStore.Builder().fileName(file().toString()).open()) {
      MVMap<String, byte[]> records =
          store.openMap(
              "records",
              new MVMap.Builder<String, byte[]>()
                  .keyType(StringDataType.INSTANCE)
                  .valueType(ByteArrayDataType.INSTANCE));
      for (int i = 0; i < 4; i++) {
        Octets newest = form5(record(i, Phase.TRANSFERRING));
        String key = device(i).toString();
        records.put(key, StoreFile.sealed(key, newest.slice(0, newest.length() - octetsLess)));
      }
      store.setStoreVersion(version);
      store.commit();
    }
  }

  /** A record of one device with an offer, as version 5 wrote it. */
  private static Octets form5(TransferRecord record) {
    OctetWriter out = new OctetWriter(200);
    Peer device = record.name().client();
    out.int64be(device.address().value()).uint8(device.endpoint());
    out.uint8(record.running().isPresent() ? 1 : 0);
    record.running().ifPresent(image -> image(image, out));
    out.uint8(record.hardwareVersion().isPresent() ? 1 : 0);
    record.hardwareVersion().ifPresent(version -> out.uint16be(version.value()));
    text(record.phase().name(), out);
    Offer offer = record.offer().orElseThrow();
    out.uint8(1);
    image(offer.image(), out);
    if (offer.when() instanceof UpgradeTime.At at) {
      out.uint8(1).int64be(at.utcMillis());
    } else {
      out.uint8(offer.when() instanceof UpgradeTime.Now ? 0 : 2);
    }
    out.int64be(offer.priority()).uint8(offer.downgrade().isPresent() ? 1 : 0);
    offer.downgrade().ifPresent(permission -> text(permission.reason(), out));
    out.int64be(record.turn()).int64be(record.sinceUtcMillis());
    // No failure; then since when the phase lasts, no time-outs; no series, nothing received,
    // nothing withdrawn, no failure with a file.
    out.uint8(0).int64be(record.phaseUtcMillis()).uint8(0).uint8(0).uint8(0).uint8(0).uint8(0);
    return out.toOctets();
  }

  private static void image(ImageId image, OctetWriter out) {
    out.uint16be(image.manufacturerCode().value())
        .uint16be(image.imageType().value())
        .uint32be(image.fileVersion().value());
  }

  private static void text(String text, OctetWriter out) {
    Octets octets = Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
    out.uint16be(octets.length()).octets(octets);
  }

  @ParameterizedTest
  @CsvSource({"1, 14", "2, 13", "3, 4", "4, 3", "5, 0"})
  void aStoreOfAnOlderVersionIsMigratedOnceAndKeepsItsRecords(int version, int octetsLess) {
    older(version, octetsLess);
    for (int i = 0; i < 2; i++) {
      try (MvTransferStore store = open()) {
        assertThat(store.records()).isEqualTo(expected().subList(0, 4));
        assertThat(store.repairs()).isEmpty();
      }
    }
    try (MVStore store = new MVStore.Builder().fileName(file().toString()).open()) {
      assertThat(store.getStoreVersion()).isEqualTo(Schema.NEWEST);
    }
  }

  @Test
  void aStoreOfANewerVersionIsRefusedByNameAndLeftAlone() throws IOException {
    older(99, 0);
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("schema 99, allowed 1 to 8");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
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
