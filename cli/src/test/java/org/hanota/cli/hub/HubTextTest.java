// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.hub.HubEvent;
import org.junit.jupiter.api.Test;

/** Each event of a hub that an operator has to know of has its words. */
class HubTextTest {
  @Test
  void aDoubtOfTheClockIsTold() {
    assertThat(HubText.of(new HubEvent.ClockDoubted(0, OptionalLong.empty())))
        .hasValue(
            "the clock shows 1970-01-01T00:00:00Z, which is doubted; it brings nothing forward"
                + " until it is confirmed");
    assertThat(HubText.of(new HubEvent.ClockTrusted(60_000)))
        .hasValue("the clock is trusted again at 1970-01-01T00:01:00Z");
  }

  @Test
  void whatStopsAnImageOrPermitsALowerOneIsTold() {
    assertThat(HubText.of(new HubEvent.Quarantined("display.ota", Octets.EMPTY, 3)))
        .hasValueSatisfying(
            line -> assertThat(line).contains("display.ota is quarantined: 3 more devices"));
    assertThat(
            HubText.of(
                new HubEvent.DowngradePermitted(
                    new Eui64(1), ImageId.of(0x1234, 1, 5), "it was recalled")))
        .hasValueSatisfying(line -> assertThat(line).endsWith("00000005: it was recalled"));
    assertThat(HubText.of(new HubEvent.ImageDiscarded("a.ota", "it is too large")))
        .hasValue("a.ota was not taken: it is too large");
    assertThat(HubText.of(new HubEvent.NotForwarded("its device is not known")))
        .hasValue("a message of the head end was not forwarded: its device is not known");
  }

  @Test
  void whatIsToldInAnotherWayHasNoLine() {
    assertThat(HubText.of(new HubEvent.Works())).isEmpty();
    assertThat(HubText.of(new HubEvent.DevicesFull(new Eui64(1), 64))).isEmpty();
  }
}
