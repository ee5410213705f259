// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hanota.hub.store.SampleTransfers.device;
import static org.hanota.hub.store.SampleTransfers.expected;
import static org.hanota.hub.store.SampleTransfers.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.hanota.api.ImageId;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that an older or a newer version wrote. */
class OtherVersionsOfStoreTest {
  @TempDir Path folder;

  private MvTransferStore open() {
    return MvTransferStore.open(folder);
  }

  private Path file() {
    return folder.resolve("transfers.mv");
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
}
