// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.pem;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hanota.api.FormatException;
import org.junit.jupiter.api.Test;

class PemTest {
  @Test
  void blocksThatOverlapAreHalfOrAreTurnedRoundAreNone() {
    for (String text :
        new String[] {
          "-----BEGIN CERTIFICATE-----END CERTIFICATE-----",
          "-----BEGIN CERTIFICATE-----",
          "-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----",
          ""
        }) {
      assertThatThrownBy(() -> Pem.certificate(text))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("no block CERTIFICATE");
    }
    for (String label : new String[] {"PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
      String text = "-----BEGIN " + label + "-----END " + label + "-----";
      assertThatThrownBy(() -> Pem.privateKey(text, "x")).isInstanceOf(FormatException.class);
    }
  }
}
