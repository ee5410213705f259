// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.hub.catalogue.ModelProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConverterTest {
  @Test
  void aModelIsAManufacturerOrOneOfItsImageTypes() {
    ModelConverter converter = new ModelConverter();
    assertThat(converter.convert("1166=40"))
        .isEqualTo(new ModelProfile(new ManufacturerCode(0x1166), ImageType.WILD_CARD, 40));
    assertThat(converter.convert("1021-00aF=255"))
        .isEqualTo(new ModelProfile(new ManufacturerCode(0x1021), new ImageType(0xAF), 255));
  }

  @ParameterizedTest
  @CsvSource({"1166, as in 1166=40", "1166=0, allowed 1 to 255", "1166-1=999, as in 1166=40"})
  void anythingElseIsWrongUse(String text, String says) {
    Cli.Run run = Cli.run("hub", "serve", "--images", ".", "--longest-block", text);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(says);
  }
}
