// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;

class ImagePartsTest {
  private static final OtaHeader HEADER =
      OtaHeader.of(ImageId.of(0x1234, 0x0100, 3))
          .withHardwareVersions(HardwareVersionRange.of(1, 2));

  @Property(seed = "20261123", tries = 200)
  void partsInAnyOrderGiveTheWholeAgainAndNoneIsTooLong(
      @ForAll @IntRange(min = 0, max = 20_000) int size,
      @ForAll @IntRange(min = 2000, max = 9000) int maximum,
      @ForAll Random random) {
    Octets whole = random(size, random);
    List<ZigBeeFile> parts = new ArrayList<>(ImageParts.split(whole, HEADER, maximum));
    for (ZigBeeFile part : parts) {
      assertThat(part.octets().size()).isLessThanOrEqualTo(maximum);
    }
    Collections.shuffle(parts, random);
    assertThat(all(parts)).isEqualTo(whole);
  }

  @Test
  void anImageAboveTheGbLimitBecomesPartsOfConsecutiveTypesWithAManifestInTheFirst() {
    Octets whole = random(2_000_000, new Random(1));
    List<ZigBeeFile> parts = ImageParts.split(whole, HEADER, (int) OtaFile.MAXIMUM_IMAGE_OCTETS);
    assertThat(parts).hasSize(3);
    assertThat(parts.get(2).image().imageType()).isEqualTo(new ImageType(0x0102));
    PartManifest manifest = PartManifest.of(parts.get(0));
    assertThat(manifest.wholeSize()).isEqualTo(2_000_000);
    assertThat(PartManifest.read(manifest.write())).isEqualTo(manifest);
    assertThat(manifest.write().length()).isEqualTo(PartManifest.length(3));
    assertThat(all(parts)).isEqualTo(whole);
  }

  @Test
  void aMissingDamagedOrStrangePartIsRefusedByName() {
    Octets whole = random(3000, new Random(2));
    List<ZigBeeFile> parts = ImageParts.split(whole, HEADER, 1200);
    ZigBeeFile stranger =
        ZigBeeFile.builder(OtaHeader.of(ImageId.of(0x1234, 0x0999, 3)))
            .upgradeImage(Octets.EMPTY)
            .build();
    ZigBeeFile damaged =
        ZigBeeFile.read(
            StrictReadingTest.changed((Octets) parts.get(1).octets(), 500, Octets.fromHex("0102")));
    ZigBeeFile otherVersion =
        ZigBeeFile.builder(parts.get(1).header().withImage(ImageId.of(0x1234, 0x0101, 4)))
            .upgradeImage(
                parts.get(1).elements().first(ElementTag.UPGRADE_IMAGE).orElseThrow().octets())
            .build();
    assertRefused(parts.subList(0, 2), "no part 3");
    assertRefused(parts.subList(1, 3), "no manifest");
    assertRefused(List.of(parts.get(0), damaged, parts.get(2)), "SHA-256 of part 2");
    assertRefused(List.of(parts.get(0), otherVersion, parts.get(2)), "part 2");
    assertRefused(List.of(parts.get(0), parts.get(1), parts.get(2), stranger), "4 files");
  }

  @Test
  void aManifestThatLiesIsRefused() {
    PartManifest manifest =
        PartManifest.of(ImageParts.split(random(9, new Random(3)), HEADER, 999).get(0));
    Octets good = manifest.write();
    assertThatThrownBy(() -> PartManifest.read(Octets.fromHex("02").concat(good.from(1))))
        .isInstanceOf(FormatException.class);
    for (int at : new int[] {1, 2, 40}) {
      assertThatThrownBy(
              () -> PartManifest.read(StrictReadingTest.changed(good, at, Octets.fromHex("FF"))))
          .as("octet %d", at)
          .isInstanceOf(FormatException.class);
    }
    assertThatThrownBy(() -> PartManifest.read(good.slice(0, good.length() - 1)))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void tooManyPartsAndReservedImageTypesCannotBeMade() {
    assertThatThrownBy(() -> ImageParts.split(Octets.wrap(new byte[100_000]), HEADER, 300))
        .isInstanceOf(IllegalArgumentException.class);
    OtaHeader last = HEADER.withImageType(new ImageType(0xFFBF));
    assertThatThrownBy(() -> ImageParts.split(Octets.wrap(new byte[3000]), last, 1200))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(List<ZigBeeFile> parts, String message) {
    assertThatThrownBy(() -> ImageParts.join(parts))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(message);
  }

  private static Octets all(List<ZigBeeFile> parts) {
    var whole = ImageParts.join(parts);
    return whole.octets(0, (int) whole.size());
  }

  private static Octets random(int size, Random random) {
    byte[] octets = new byte[size];
    random.nextBytes(octets);
    return Octets.wrap(octets);
  }
}
