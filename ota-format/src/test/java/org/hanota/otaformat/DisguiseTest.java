// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.junit.jupiter.api.Test;

class DisguiseTest {
  private static final OtaHeader HEADER = OtaHeader.of(ImageId.of(0x1234, 1, 2));
  private static final Octets INTEL_HEX =
      ascii(":10010000214601360121470136007EFE09D2190140\n:00000001FF\n");

  @Test
  void whatIsNoFirmwareIsToldByItsBeginning() {
    assertThat(Disguise.of(Octets.EMPTY)).contains(Disguise.EMPTY);
    assertThat(Disguise.of(INTEL_HEX)).contains(Disguise.INTEL_HEX);
    assertThat(Disguise.of(ascii(":00000001FF\r\n"))).contains(Disguise.INTEL_HEX);
    assertThat(Disguise.of(ascii("S00600004844521B\n"))).contains(Disguise.S_RECORDS);
    assertThat(Disguise.of(Octets.fromHex("7F454C4601"))).contains(Disguise.ELF);
    assertThat(Disguise.of(wrapped(ascii("firmware")))).contains(Disguise.OTA_FILE);
    for (int seed = 0; seed < 1000; seed++) {
      assertThat(Disguise.of(SeededRandom.of(seed, 0, 0).octets(1 + seed % 40))).isEmpty();
    }
  }

  @Test
  void aFileAroundWhatIsNoFirmwareIsDiagnosed() {
    assertThat(codes(wrapped(INTEL_HEX))).containsExactly(Diagnostic.Code.CONTENT);
    assertThat(codes(wrapped(wrapped(INTEL_HEX)))).containsExactly(Diagnostic.Code.CONTENT);
    assertThat(codes(wrapped(Octets.EMPTY))).containsExactly(Diagnostic.Code.CONTENT);
    assertThat(codes(wrapped(ascii("firmware")))).isEmpty();
  }

  @Test
  void whatIsNoOtaFileIsCalledWhatItIs() {
    assertThatThrownBy(() -> OtaFile.readAny(INTEL_HEX, OtaFile.NO_LIMIT))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("found 3A313030, an Intel HEX text, allowed 1EF1EE0B");
    assertThatThrownBy(() -> Inspection.of(INTEL_HEX)).hasMessageContaining("an Intel HEX text");
  }

  private static java.util.List<Diagnostic.Code> codes(Octets file) {
    return Inspection.of(file).diagnostics().stream().map(Diagnostic::code).toList();
  }

  private static Octets wrapped(Octets content) {
    return ZigBeeFile.builder(HEADER)
        .upgradeImage(content)
        .build()
        .octets()
        .octets(0, 62 + content.length());
  }

  private static Octets ascii(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
