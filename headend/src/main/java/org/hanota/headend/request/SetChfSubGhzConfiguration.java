// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.List;
import java.util.Optional;

/**
 * 6.28: how a hub uses 868 MHz. [DUIS schema]
 *
 * @param lowerBandChannels of 0 to 61, each once, ascending
 * @param upperBandChannels of 0 to 26, each once, ascending
 * @param normalLimitedDutyCyclePermille from which duty cycle on the hub limits itself
 * @param limitedCriticalDutyCyclePermille from which duty cycle on the hub is critical
 * @param maximumChannelChangesPerWeek 1 to 7
 * @param gsmeCurfew as the hub counts it
 * @param channelQuieterThreshold as the hub counts it
 * @param channelNoisierThreshold as the hub counts it
 * @param nonGsmePoorCommsPercentageHundredths share of other devices with poor communication
 * @param nonGsmePoorCommsMeasurementPeriods over how many periods
 * @param localChNoiseMeasurementPeriod as the hub counts it
 * @param localChFailurePercentageHundredths share of failures
 * @param localChRetryPercentageHundredths share of repetitions
 */
public record SetChfSubGhzConfiguration(
    List<Integer> lowerBandChannels,
    List<Integer> upperBandChannels,
    int normalLimitedDutyCyclePermille,
    int limitedCriticalDutyCyclePermille,
    int maximumChannelChangesPerWeek,
    int gsmeCurfew,
    int channelQuieterThreshold,
    int channelNoisierThreshold,
    int nonGsmePoorCommsPercentageHundredths,
    int nonGsmePoorCommsMeasurementPeriods,
    int localChNoiseMeasurementPeriod,
    int localChFailurePercentageHundredths,
    int localChRetryPercentageHundredths)
    implements HanRequest {
  /** Last channel of the first third of a band. */
  public static final int FIRST_GROUP_LAST = 26;

  /** Last channel of the second group of the lower band. */
  public static final int SECOND_GROUP_LAST = 34;

  /** Last channel of the lower band. */
  public static final int LOWER_BAND_LAST = 61;

  private static final int UINT16_MAX = 0xFFFF;
  private static final int ONE_PER_CENT = 100;
  private static final int ALL = 100 * ONE_PER_CENT;

  public SetChfSubGhzConfiguration {
    lowerBandChannels = channels("lower band", lowerBandChannels, LOWER_BAND_LAST);
    upperBandChannels = channels("upper band", upperBandChannels, FIRST_GROUP_LAST);
    IllegalField.range(
        "NormalLimitedDutyCycleThreshold in permille", normalLimitedDutyCyclePermille, 5, 20);
    IllegalField.range(
        "LimitedCriticalDutyCycleThreshold in permille", limitedCriticalDutyCyclePermille, 16, 24);
    IllegalField.range("MaximumSubGHzChannelChangesPerWeek", maximumChannelChangesPerWeek, 1, 7);
    IllegalField.range("GSMECurfew", gsmeCurfew, 2, UINT16_MAX);
    IllegalField.range("ChannelQuieterThreshold", channelQuieterThreshold, 1, 255);
    IllegalField.range("ChannelNoisierThreshold", channelNoisierThreshold, 0, 20);
    share("NonGSMEPoorCommsPercentageThreshold", nonGsmePoorCommsPercentageHundredths);
    IllegalField.range(
        "NonGSMEPoorCommsMeasurementPeriods", nonGsmePoorCommsMeasurementPeriods, 50, 150);
    IllegalField.range(
        "LocalCHNoiseMeasurementPeriod", localChNoiseMeasurementPeriod, 61, UINT16_MAX);
    share("LocalCHFailurePercentage", localChFailurePercentageHundredths);
    share("LocalCHRetryPercentage", localChRetryPercentageHundredths);
  }

  @Override
  public Optional<ServiceReference> service() {
    return Optional.of(new ServiceReference("6.28"));
  }

  private static void share(String field, int hundredths) {
    IllegalField.range(field + " in hundredths", hundredths, ONE_PER_CENT, ALL);
  }

  private static List<Integer> channels(String band, List<Integer> channels, int last) {
    int before = -1;
    for (int channel : channels) {
      if (channel <= before || channel > last) {
        throw new IllegalField(
            "channels of the " + band, channels.toString(), "0 to " + last + ", ascending");
      }
      before = channel;
    }
    return List.copyOf(channels);
  }
}
