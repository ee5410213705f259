// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void marksThatNobodySeesAreEscapedWhereverTheyStand() {
    assertThat(Printable.line("a\u202Eb\n")).isEqualTo("a\\u202Eb\\u000A");
    // TAG LATIN SMALL LETTER A, above U+FFFF.
    assertThat(Printable.line("a" + Character.toString(0xE0061) + "b"))
        .isEqualTo("a\\uDB40\\uDC61b");
    String smile = Character.toString(0x1F600);
    assertThat(Printable.line(smile + "\u202E")).isEqualTo(smile + "\\u202E");
    assertThat(Printable.line(smile)).isEqualTo(smile);
  }
}
