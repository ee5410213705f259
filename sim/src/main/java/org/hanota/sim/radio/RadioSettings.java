// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.ParameterValues;
import org.hanota.api.SeededRandom;

/**
 * One channel's band and rules.
 *
 * @param band the physical layer
 * @param channelAccess whether stations look for a free channel; without that each sends at once,
 *     which shows the bound that airtime alone sets
 * @param values a value for each row of the table
 */
public record RadioSettings(
    Band band, boolean channelAccess, ParameterValues<RadioParameter> values) {
  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000_000;

  /** The space after a frame, and after one of at most {@link #SHORT_FRAME_OCTETS}. */
  private static final long LONG_SPACE_NANOS = 640_000;

  private static final long SHORT_SPACE_NANOS = 192_000;

  private static final int SHORT_FRAME_OCTETS = 18;

  /** The band with the defaults of the table. */
  public static RadioSettings of(Band band) {
    return new RadioSettings(band, true, ParameterValues.defaults(RadioParameter.class));
  }

  /** Refuses thresholds of the duty cycle and exponents that do not rise. */
  public RadioSettings {
    DutyCycle unused = dutyCycle(values);
    if (values.get(RadioParameter.MINIMUM_EXPONENT) > values.get(RadioParameter.MAXIMUM_EXPONENT)) {
      throw new IllegalArgumentException(
          "macMinBE is "
              + values.get(RadioParameter.MINIMUM_EXPONENT)
              + ", allowed up to macMaxBE, "
              + values.get(RadioParameter.MAXIMUM_EXPONENT));
    }
  }

  /** The same where each station sends at once. */
  public RadioSettings withoutChannelAccess() {
    return new RadioSettings(band, false, values);
  }

  /** The same with another value of one row, which is checked against its range. */
  public RadioSettings with(RadioParameter row, long value) {
    return new RadioSettings(band, channelAccess, values.with(row, value));
  }

  ChannelAccess access(SeededRandom backOffs) {
    if (!channelAccess) {
      return new ChannelAccess.AtOnce();
    }
    return band == Band.GHZ_2_4
        ? new CarrierSense(this, backOffs)
        : new ListenBeforeTalk(this, backOffs);
  }

  DutyCycle dutyCycle() {
    return dutyCycle(values);
  }

  /** Only the sub-GHz band rations the air. */
  boolean isRationed() {
    return band == Band.MHZ_868;
  }

  /** How long a station is silent after a frame of its own. */
  long spaceNanos(int frameOctets) {
    if (band == Band.MHZ_868) {
      return values.get(RadioParameter.OFF_TIME) * MICROSECOND;
    }
    return frameOctets > SHORT_FRAME_OCTETS ? LONG_SPACE_NANOS : SHORT_SPACE_NANOS;
  }

  /** How long a station is silent after its frame was acknowledged; off time has begun before. */
  long spaceAfterAcknowledgedNanos(int frameOctets) {
    return band == Band.MHZ_868 ? 0 : spaceNanos(frameOctets);
  }

  /** How long a station is silent after it has acknowledged another's frame. */
  long spaceAfterAcknowledgingNanos(int frameOctets) {
    RadioParameter row =
        band == Band.MHZ_868
            ? RadioParameter.OFF_TIME_AFTER_ACKNOWLEDGING
            : RadioParameter.SPACE_AFTER_ACKNOWLEDGING;
    return values.isTrue(row) ? spaceNanos(frameOctets) : 0;
  }

  long networkRetryNanos() {
    return values.get(RadioParameter.NETWORK_RETRY_DELAY) * MICROSECOND;
  }

  /** How long the next block waits for the receiver of the last one to speak. */
  long yieldNanos() {
    return values.get(RadioParameter.BLOCK_YIELD) * MICROSECOND;
  }

  private static DutyCycle dutyCycle(ParameterValues<RadioParameter> values) {
    return new DutyCycle(
        values.get(RadioParameter.LIMITED_DUTY) * MILLISECOND,
        values.get(RadioParameter.CRITICAL_DUTY) * MILLISECOND,
        values.get(RadioParameter.REGULATED_DUTY) * MILLISECOND);
  }
}
