// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void theReferenceDateTimeIsNewYear2015InUtc() {
    Octets octets = Octets.fromHex("07df0101ff000000008000ff");
    CosemDateTime time = CosemDateTime.parse(octets);
    assertThat(time).hasToString("2015-01-01T00:00:00Z");
    assertThat(time).isEqualTo(CosemDateTime.ofUtcMillis(1_420_070_400_000L));
    assertThat(time.octets()).isEqualTo(octets);
  }

  @Test
  void aDeviationMovesTheTimeToUtc() {
    // 01:00 with -60 minutes to UTC is midnight.
    CosemDateTime time = CosemDateTime.parse(Octets.fromHex("07df0701ff01000000ffc4ff"));
    assertThat(time).hasToString("2015-07-01T00:00:00Z");
  }

  @Test
  void aTimeThatIsNotSpecifiedNamesNoInstant() {
    assertThat(CosemDateTime.parse(Octets.fromHex("ffffffffffffffffff8000ff")).utcMillis())
        .isEmpty();
    assertThat(CosemDateTime.parse(Octets.fromHex("07df061fff000000008000ff")).utcMillis())
        .isEmpty();
    assertThatThrownBy(() -> CosemDateTime.parse(Octets.fromHex("07df0d01ff000000008000ff")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("month is 13");
  }

  @Test
  void onlyUtcWithSecondsIsAGeneralizedTime() {
    assertThat(GeneralizedTime.parse("20300115090000Z").utcMillis()).isEqualTo(1_894_698_000_000L);
    for (String wrong :
        new String[] {
          "20300115090000", "203001150900Z", "20300115090000.0Z", "2030011509000\u0000Z", ""
        }) {
      assertThatThrownBy(() -> GeneralizedTime.parse(wrong)).isInstanceOf(FormatException.class);
    }
  }

  @Property(seed = "20261123")
  void everySecondIsReadBackAsItWas(@ForAll @LongRange(min = 0, max = 253_402_300_799L) long at) {
    GeneralizedTime time = GeneralizedTime.ofUtcMillis(at * 1000);
    assertThat(GeneralizedTime.parse(time.toString())).isEqualTo(time);
    assertThat(time.utcMillis()).isEqualTo(at * 1000);
  }
}
