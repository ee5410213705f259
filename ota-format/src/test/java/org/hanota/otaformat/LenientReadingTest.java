// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.otaformat.Diagnostic.Code;
import org.hanota.otaformat.Diagnostic.Severity;
import org.junit.jupiter.api.Test;

class LenientReadingTest {
  private static final OtaHeader HEADER = OtaHeader.of(ImageId.of(0x1234, 0x5678, 1));

  @Test
  void everyRealImageIsWrittenAsItWasReadAndItsRegionsCoverIt() {
    for (var path : Corpus.files()) {
      Octets octets = Corpus.read(path);
      Inspection inspection = Inspection.of(octets);
      assertThat(written(inspection)).as("%s", path).isEqualTo(octets);
      assertRegionsCover(inspection);
    }
  }

  @Test
  void theStrictReaderRefusesExactlyWhatTheDiagnosisCallsAnError() {
    for (var path : Corpus.files()) {
      Octets octets = Corpus.read(path);
      boolean errors =
          Inspection.of(octets).diagnostics().stream()
              .anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
      assertThat(isStrict(octets)).as("%s", path).isEqualTo(!errors);
    }
  }

  @Test
  void aFileInAContainerIsFoundAndReadStrictlyInside() {
    Octets inner = plain("0102");
    Octets octets = Octets.fromHex("AABBCC1EF1EE0B00").concat(inner).concat(Octets.fromHex("00"));
    Inspection inspection = Inspection.of(octets);
    assertThat(inspection.wrap()).isEqualTo(8);
    assertThat(codes(inspection))
        .containsExactly(Code.OCTETS_BEFORE_IDENTIFIER, Code.TRAILING_OCTETS);
    assertThat(inspection.diagnostics().get(1).offset()).isEqualTo(8 + inner.length());
    assertThat(inspection.file()).hasValueSatisfying(f -> assertThat(f.octets()).isEqualTo(inner));
    assertThat(written(inspection)).isEqualTo(octets);
  }

  @Test
  void aFileCutAtAnyOctetBehindTheHeaderIsStillReadAndCalledTruncated() {
    Octets whole = plain("0102030405060708");
    for (int length = 0; length < whole.length(); length++) {
      Octets cut = whole.slice(0, length);
      if (length < OtaHeader.MINIMUM_LENGTH) {
        assertThatThrownBy(() -> Inspection.of(cut)).isInstanceOf(FormatException.class);
      } else {
        Inspection inspection = Inspection.of(cut);
        assertThat(codes(inspection)).contains(Code.TRUNCATED);
        assertThat(written(inspection)).isEqualTo(cut);
        assertThat(inspection.file()).isEmpty();
      }
    }
  }

  @Test
  void eachOddityOfAHeaderIsNamed() {
    Octets whole = plain("01");
    assertThat(codesAfter(whole, 4, "0002")).containsExactly(Code.HEADER_VERSION);
    assertThat(codesAfter(whole, 8, "1000")).containsExactly(Code.RESERVED_FIELD_CONTROL);
    assertThat(codesAfter(whole, 10, "FFFF")).containsExactly(Code.WILD_CARD_MANUFACTURER);
    assertThat(codesAfter(whole, 20, "80")).containsExactly(Code.HEADER_STRING_NOT_ASCII);
    assertThat(codesAfter(whole, 20, "41".repeat(32)))
        .containsExactly(Code.HEADER_STRING_WITHOUT_NUL);
    assertThat(codesAfter(whole, 52, "10000000"))
        .containsExactly(
            Code.TOTAL_IMAGE_SIZE_BELOW_HEADER, Code.TRAILING_OCTETS, Code.KIND_UNKNOWN);
    assertThat(codesAfter(whole, 56, "0700")).containsExactly(Code.FIRST_TAG, Code.UNKNOWN_TAG);
    assertThat(codesAfter(whole, 58, "02")).contains(Code.KIND_UNKNOWN, Code.ELEMENT_OVERRUN);
    Octets longer =
        StrictReadingTest.changed(plain("010203"), 6, Octets.fromHex("3900")); // one octet more
    assertThat(codes(Inspection.of(longer))).contains(Code.HEADER_LONGER);
    assertThat(Inspection.of(longer).header().furtherOctets()).isEqualTo(Octets.fromHex("00"));
    assertThat(written(Inspection.of(longer))).isEqualTo(longer);
  }

  @Test
  void reversedHardwareVersionsAndRepeatedTagsAreNotes() {
    OtaHeader header = HEADER.withHardwareVersions(HardwareVersionRange.of(1, 2));
    Octets file = build(header, "F000 00000000 F000 00000000 F000 00000000");
    Octets reversed = StrictReadingTest.changed(file, 56, Octets.fromHex("0300"));
    assertThat(codes(Inspection.of(reversed)))
        .containsExactly(Code.HARDWARE_VERSIONS_REVERSED, Code.FIRST_TAG, Code.DUPLICATE_TAG);
    assertThat(isStrict(reversed)).isTrue();
  }

  @Test
  void twoOctetsBehindTagF000AreCalledUncountedAndOthersLeftOver() {
    assertThat(codes(Inspection.of(build(HEADER, "F000 01000000 AA BBCC"))))
        .containsExactly(Code.FIRST_TAG, Code.UNCOUNTED_OCTETS);
    assertThat(codes(Inspection.of(build(HEADER, "0000 01000000 AA BBCC"))))
        .containsExactly(Code.LEFT_OVER_OCTETS);
    assertThat(codes(Inspection.of(build(HEADER, "0000 01000000 AA BBCCDD"))))
        .containsExactlyInAnyOrder(Code.KIND_UNKNOWN, Code.LEFT_OVER_OCTETS);
  }

  @Test
  void aPpmidFileIsUnknownUntilItsKindIsGiven() {
    Octets octets = Corpus.shared("vectors/duis/rtds-ppmid-image-11.4.bin");
    assertThat(Inspection.of(octets).kind()).isEmpty();
    assertThat(codes(Inspection.of(octets))).contains(Code.KIND_UNKNOWN);
    Inspection told = Inspection.of(octets, FileKind.GB_PPMID);
    assertThat(codes(told)).containsExactly(Code.HEADER_STRING_WITHOUT_NUL);
    assertThat(told.elements().count()).isZero();
    assertRegionsCover(told);
    assertThat(written(told)).isEqualTo(octets);
  }

  @Test
  void aMeterFileNamesItsRegionsAndAWrongSignatureLength() {
    Octets octets = Corpus.shared("vectors/duis/rtds-esme-image-11.1.bin");
    Inspection inspection = Inspection.of(octets);
    assertThat(inspection.kind()).contains(FileKind.GB_METER);
    assertRegionsCover(inspection);
    Octets wrong = StrictReadingTest.changed(octets, octets.length() - 65, Octets.fromHex("41"));
    assertThat(codes(Inspection.of(wrong, FileKind.GB_METER))).contains(Code.SIGNATURE_LENGTH);
    assertThat(codes(Inspection.of(octets.slice(0, 100), FileKind.GB_METER)))
        .contains(Code.UPGRADE_IMAGE_TOO_SHORT);
  }

  private static Octets plain(String imageHex) {
    return (Octets)
        ZigBeeFile.builder(HEADER).upgradeImage(Octets.fromHex(imageHex)).build().octets();
  }

  /** A file whose body is given as text: tags as numbers, everything else as it stands. */
  private static Octets build(OtaHeader header, String body) {
    Octets octets = Octets.fromHex(body.replace("F000", "00F0").replace(" ", ""));
    return header.withBodyOf(octets.length()).write().concat(octets);
  }

  private static List<Code> codesAfter(Octets file, int at, String hex) {
    return codes(Inspection.of(StrictReadingTest.changed(file, at, Octets.fromHex(hex))));
  }

  private static List<Code> codes(Inspection inspection) {
    return inspection.diagnostics().stream().map(Diagnostic::code).toList();
  }

  private static boolean isStrict(Octets octets) {
    try {
      ZigBeeFile.read(octets);
      return true;
    } catch (FormatException e) {
      return false;
    }
  }

  static Octets written(Inspection inspection) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    inspection.write(octets -> out.writeBytes(octets.toByteArray()));
    return Octets.wrap(out.toByteArray());
  }

  private static void assertRegionsCover(Inspection inspection) {
    List<Region> regions = new ArrayList<>();
    inspection.regions(regions::add);
    long at = 0;
    for (Region region : regions) {
      assertThat(region.offset()).isEqualTo(at);
      at += region.length();
    }
    assertThat(at).isEqualTo(inspection.size());
  }
}
