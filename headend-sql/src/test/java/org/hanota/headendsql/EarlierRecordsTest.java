// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hanota.headend.estate.Device;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as versions before wrote them. */
class EarlierRecordsTest {
  private static final String TRACK =
      "{\"request\":\"90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:1795000000000\","
          + "\"device\":\"00DB1234567890A0\",\"kind\":\"DISTRIBUTE\","
          + "\"image\":{\"version\":\"02000000\",\"hash\":\"AAAA\"},\"reason\":\"DEFECT\","
          + "\"state\":\"VERIFIED\",\"word\":null,\"acceptedUtcMillis\":1795000000000,"
          + "\"expiresUtcMillis\":1795000000000}";

  private final RecordJson json = new RecordJson(new KeptOctets());

  private Track track(TrackState state) {
    return json.read(TRACK.replace("VERIFIED", state.name()), Track.class);
  }

  /** What expired does not tell whether a device verified it: the image has to be sent again. */
  @ParameterizedTest
  @CsvSource({"VERIFIED, true", "ACTIVE, true", "EXPIRED, false", "RECEIVED, false"})
  void aTrackWithoutItsDevicesWordIsReadAndCountsByItsState(TrackState state, boolean isVerified) {
    assertThat(track(state).verdict()).isEmpty();
    assertThat(track(state).isVerified()).isEqualTo(isVerified);
  }

  @Test
  void whatIsReadIsWrittenInTheFormOfToday() {
    Track track = track(TrackState.VERIFIED);
    assertThat(json.write(track)).contains("\"verdict\":null");
    assertThat(json.read(json.write(track), Track.class)).isEqualTo(track);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"state\":\"VERIFIED\",",
        "\"acceptedUtcMillis\":1795000000000,",
        "\"version\":\"02000000\","
      })
  void whateverElseIsMissingIsRefusedByName(String component) {
    assertThatThrownBy(() -> json.read(TRACK.replace(component, ""), Track.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(component.split("\"", -1)[1]);
  }

  @Test
  void anOptionalComponentOfTheWrongKindIsRefused() {
    assertThatThrownBy(
            () -> json.read(TRACK.replace("\"word\":null", "\"verdict\":\"WORSE\""), Track.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GOOD");
    assertThatThrownBy(() -> json.read("{}", Device.class))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
