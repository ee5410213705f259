// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files whose size is not what their header says make devices loop: zigpy#497, zigpy#500. */
class StrictReadingTest {
  private static final Map<String, String> REFUSED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("03d685874961.zigbee", "end of file at offset 224844: found 8 trailing"),
              Map.entry("0dcb2c6480b0.ota", "total image size at offset 52: found 278830"),
              Map.entry("226fe69a5b4d.ota", "length of element 940C at offset 265096"),
              Map.entry(
                  "23a7391c7e7b.signed", "upgrade file identifier at offset 0: found 4E474953"),
              Map.entry("32b2bbe94137.sbl-ota", "length of element 002A at offset 58"),
              Map.entry("506cfada87a7.zigbee", "upgrade file identifier at offset 0"),
              Map.entry("688be55e6978.ota", "tag of an element at offset 110094: found 2 octets"),
              Map.entry("6d7f16c84f44.ota", "end of file at offset 155774: found 4 trailing"),
              Map.entry("abdd674d0c1e.ota", "end of file at offset 139006: found 4 trailing"),
              Map.entry("cf49ae777658.ota", "end of file at offset 329540: found 4 trailing"),
              Map.entry("e56f78cbc669.gz", "upgrade file identifier at offset 0")));

  @Test
  void thirtyOfTheFortyOneRealImagesPassAndAreWrittenAsTheyWereRead() {
    int passed = 0;
    for (Path path : Corpus.files()) {
      Octets octets = Corpus.read(path);
      try {
        OtaFile file = OtaFile.read(octets, FileKind.ZIGBEE);
        assertThat(Corpus.written(file)).isEqualTo(octets);
        passed++;
      } catch (FormatException e) {
        assertThat(REFUSED).containsKey(path.getFileName().toString());
      }
    }
    assertThat(passed).isEqualTo(30);
  }

  @Test
  void theOtherElevenAreRefusedForWhatIsWrongWithThem() {
    REFUSED.forEach(
        (name, complaint) -> {
          Octets octets = Corpus.shared("corpus/ota/" + name);
          assertThatThrownBy(() -> OtaFile.read(octets, FileKind.ZIGBEE))
              .as(name)
              .isInstanceOf(FormatException.class)
              .hasMessageStartingWith(complaint);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "000000000000, upgrade file identifier, 0",
    "1EF1EE0B, header, 0",
  })
  void whatIsNoHeaderIsRefused(String hex, String field, int offset) {
    assertRefused(Octets.fromHex(hex), field, offset);
  }

  @ParameterizedTest
  @CsvSource({
    "6, 0000, header length, 6",
    "6, FFFF, header length, 6",
    "6, 3B00, header length, 6",
    "8, 0C00, field control, 8",
    "8, 0700, header length, 6",
    "52, FFFFFFFF, total image size, 52",
    "52, 10000000, total image size, 52",
    "52, 49000000, end of file, 73",
    "62, FFFFFF7F, length of element 0000, 62",
    "62, FFFFFFFF, length of element 0000, 62",
    "62, 09000000, length of element 0000, 62",
    "62, 04000000, tag of an element, 70",
  })
  void aLengthThatLiesIsRefusedByNameAndOffset(int at, String hex, String field, int offset) {
    assertRefused(changed(sample(), at, Octets.fromHex(hex)), field, offset);
  }

  @Test
  void octetsBehindTheImageAreRefused() {
    assertRefused(sample().concat(Octets.copyOf((byte) 0)), "end of file", 74);
  }

  @Test
  void aFileLongerThanTheLimitIsRefusedWhateverItHolds() {
    assertThatThrownBy(() -> OtaFile.read(sample(), FileKind.ZIGBEE, 73))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("74 octets")
        .hasMessageContaining("at most 73");
    assertThat(OtaFile.read(sample(), FileKind.ZIGBEE, 74).octets()).isEqualTo(sample());
  }

  private static Octets sample() {
    OtaHeader header =
        OtaHeader.of(org.hanota.api.ImageId.of(0x1234, 0x5678, 0x9ABCDEF0L))
            .withHardwareVersions(HardwareVersionRange.of(1, 2));
    return (Octets)
        ZigBeeFile.builder(header)
            .upgradeImage(Octets.fromHex("0102030405060708"))
            .build()
            .octets();
  }

  static Octets changed(Octets file, int at, Octets with) {
    byte[] octets = file.toByteArray();
    with.copyTo(octets, at);
    return Octets.wrap(octets);
  }

  private static void assertRefused(Octets file, String field, long offset) {
    assertThatThrownBy(() -> OtaFile.read(file, FileKind.ZIGBEE))
        .isInstanceOfSatisfying(
            FormatException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.offset()).isEqualTo(offset);
            });
  }
}
