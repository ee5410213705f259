// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtaFileNameTest {
  @Test
  void theStandardsOwnExampleIsReadAndWritten() {
    OtaFileName name = OtaFileName.parse("1001-00AB-10053519-upgradeMe.zigbee");
    assertThat(name).isEqualTo(new OtaFileName(ImageId.of(0x1001, 0xAB, 0x10053519L), "upgradeMe"));
    assertThat(name).hasToString("1001-00AB-10053519-upgradeMe.zigbee");
    assertThat(OtaFileName.of(ImageId.of(0xFFFF, 0, 0xFFFFFFFFL)))
        .hasToString("FFFF-0000-FFFFFFFF.zigbee");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1001-00ab-10053519.zigbee",
        "1001-00AB-1005351.zigbee",
        "1001-00AB-10053519.ota",
        "1001-00AB-10053519x.zigbee",
        "1001-00AB-10053519-../x.zigbee",
        ""
      })
  void anyOtherNameIsRefused(String name) {
    assertThatThrownBy(() -> OtaFileName.parse(name)).isInstanceOf(FormatException.class);
  }
}
