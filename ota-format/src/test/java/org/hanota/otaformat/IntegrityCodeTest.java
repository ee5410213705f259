// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IntegrityCodeTest {
  private static final ImageId NAME = ImageId.of(0x1234, 1, 2);

  @ParameterizedTest
  @CsvSource({
    "df12e8dfa306.zigbee, MATCH_TAG_EXCLUDED",
    "08e9e61b4da3.fw, MATCH_TAG_EXCLUDED",
    "fd7751caca03.zigbee, MATCH_TAG_INCLUDED",
    "70ef7f2e3866.zigbee, MISMATCH",
    "8aee09de7ff5.zigbee, ABSENT",
  })
  void realFilesHaveTheCodeThatTheirMakersAreKnownFor(String name, IntegrityCode.Result result) {
    Octets file = Corpus.shared("corpus/ota/" + name);
    assertThat(IntegrityCode.check(ZigBeeFile.read(file))).isEqualTo(result);
  }

  @ParameterizedTest
  @EnumSource
  void aCodeMadeOverEitherRangeIsFoundAsSuchAndAFlippedBitIsNot(IntegrityCode.Range range) {
    ZigBeeFile file =
        ZigBeeFile.builder(OtaHeader.of(NAME))
            .upgradeImage(Octets.wrap(new byte[9000]))
            .integrityCode(range)
            .build();
    assertThat(IntegrityCode.check(file).name()).isEqualTo("MATCH_" + range);
    assertThat(Verifier.integrityCode().verify(file.octets(), NAME))
        .isInstanceOf(Verification.Verified.class);
    Octets damaged = StrictReadingTest.changed((Octets) file.octets(), 99, Octets.fromHex("01"));
    assertThat(IntegrityCode.check(ZigBeeFile.read(damaged)))
        .isEqualTo(IntegrityCode.Result.MISMATCH);
    assertRefused(damaged);
  }

  @Test
  void aFileWithoutCodeOrWithElementsThatItDoesNotCoverIsRefused() {
    ZigBeeFile.Builder builder = ZigBeeFile.builder(OtaHeader.of(NAME)).upgradeImage(Octets.EMPTY);
    assertRefused((Octets) builder.build().octets());
    Octets covered =
        (Octets) builder.integrityCode(IntegrityCode.Range.TAG_EXCLUDED).build().octets();
    Octets body = covered.from(OtaHeader.MINIMUM_LENGTH).concat(Octets.fromHex("01F000000000"));
    assertRefused(OtaHeader.of(NAME).withBodyOf(body.length()).write().concat(body));
  }

  private static void assertRefused(Octets file) {
    assertThat(Verifier.integrityCode().verify(file, NAME))
        .isInstanceOfSatisfying(
            Verification.Refused.class,
            refused -> assertThat(refused.step()).isEqualTo(VerificationStep.INTEGRITY_CODE));
  }

  @Test
  void aDeviceWithoutKeysRefusesAFileWhoseOwnCodeIsWrongAndTakesOneWithoutACode() {
    ImageId name = ImageId.of(0x1234, 1, 2);
    Verifier verifier = Verifier.integrityCodeIfCarried("the test has no keys");
    ZigBeeFile.Builder builder =
        ZigBeeFile.builder(OtaHeader.of(name)).upgradeImage(Octets.wrap(new byte[300]));
    assertThat(verified(verifier, builder.build().octets(), name))
        .contains("header and size only, because the test has no keys");
    for (IntegrityCode.Range range : IntegrityCode.Range.values()) {
      Octets file = (Octets) builder.integrityCode(range).build().octets();
      assertThat(verified(verifier, file, name)).contains("integrity code over");
      Octets damaged = StrictReadingTest.changed(file, 100, Octets.fromHex("FF"));
      assertThat(verifier.verify(damaged, name))
          .isInstanceOfSatisfying(
              Verification.Refused.class,
              refused -> assertThat(refused.step()).isEqualTo(VerificationStep.INTEGRITY_CODE));
    }
    OtaHeader gb = OtaHeader.of(name).withHardwareVersions(HardwareVersionRange.of(1, 2));
    assertThat(verified(verifier, GbPpmidFile.of(gb, Octets.wrap(new byte[301])).octets(), name))
        .contains("header and size only");
  }

  private static String verified(Verifier verifier, OctetSource file, ImageId name) {
    return ((Verification.Verified) verifier.verify(file, name)).image().reason();
  }
}
