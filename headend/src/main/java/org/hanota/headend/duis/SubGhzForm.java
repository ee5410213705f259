// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import java.util.ArrayList;
import java.util.List;
import org.hanota.headend.request.SetChfSubGhzConfiguration;

/** How a hub uses 868 MHz. */
final class SubGhzForm {
  private static final int PERMILLE = 1; // Per cent with one digit after the point.
  private static final int HUNDREDTHS = 2; // Per cent with two.

  private SubGhzForm() {}

  static SetChfSubGhzConfiguration read(Fields in) {
    List<Integer> lower = new ArrayList<>();
    readChannels(
        in, "LowerBandSubGHzChannels", 0, SetChfSubGhzConfiguration.FIRST_GROUP_LAST, lower);
    readChannels(
        in,
        "LowerBandSubGHzChannels",
        SetChfSubGhzConfiguration.FIRST_GROUP_LAST + 1,
        SetChfSubGhzConfiguration.SECOND_GROUP_LAST,
        lower);
    readChannels(
        in,
        "LowerBandSubGHzChannels",
        SetChfSubGhzConfiguration.SECOND_GROUP_LAST + 1,
        SetChfSubGhzConfiguration.LOWER_BAND_LAST,
        lower);
    List<Integer> upper = new ArrayList<>();
    readChannels(
        in, "UpperBandSubGHzChannels", 0, SetChfSubGhzConfiguration.FIRST_GROUP_LAST, upper);
    return new SetChfSubGhzConfiguration(
        lower,
        upper,
        in.decimal("NormalLimitedDutyCycleThreshold", PERMILLE),
        in.decimal("LimitedCriticalDutyCycleThreshold", PERMILLE),
        in.integer("MaximumSubGHzChannelChangesPerWeek"),
        in.integer("GSMECurfew"),
        in.integer("ChannelQuieterThreshold"),
        in.integer("ChannelNoisierThreshold"),
        in.decimal("NonGSMEPoorCommsPercentageThreshold", HUNDREDTHS),
        in.integer("NonGSMEPoorCommsMeasurementPeriods"),
        in.integer("LocalCHNoiseMeasurementPeriod"),
        in.decimal("LocalCHFailurePercentage", HUNDREDTHS),
        in.decimal("LocalCHRetryPercentage", HUNDREDTHS));
  }

  static void write(SetChfSubGhzConfiguration body, XmlWriter out) {
    List<Integer> lower = body.lowerBandChannels();
    writeChannels(
        out, "LowerBandSubGHzChannels", 0, SetChfSubGhzConfiguration.FIRST_GROUP_LAST, lower);
    writeChannels(
        out,
        "LowerBandSubGHzChannels",
        SetChfSubGhzConfiguration.FIRST_GROUP_LAST + 1,
        SetChfSubGhzConfiguration.SECOND_GROUP_LAST,
        lower);
    writeChannels(
        out,
        "LowerBandSubGHzChannels",
        SetChfSubGhzConfiguration.SECOND_GROUP_LAST + 1,
        SetChfSubGhzConfiguration.LOWER_BAND_LAST,
        lower);
    writeChannels(
        out,
        "UpperBandSubGHzChannels",
        0,
        SetChfSubGhzConfiguration.FIRST_GROUP_LAST,
        body.upperBandChannels());
    out.decimal("NormalLimitedDutyCycleThreshold", body.normalLimitedDutyCyclePermille(), PERMILLE)
        .decimal(
            "LimitedCriticalDutyCycleThreshold", body.limitedCriticalDutyCyclePermille(), PERMILLE)
        .number("MaximumSubGHzChannelChangesPerWeek", body.maximumChannelChangesPerWeek())
        .number("GSMECurfew", body.gsmeCurfew())
        .number("ChannelQuieterThreshold", body.channelQuieterThreshold())
        .number("ChannelNoisierThreshold", body.channelNoisierThreshold())
        .decimal(
            "NonGSMEPoorCommsPercentageThreshold",
            body.nonGsmePoorCommsPercentageHundredths(),
            HUNDREDTHS)
        .number("NonGSMEPoorCommsMeasurementPeriods", body.nonGsmePoorCommsMeasurementPeriods())
        .number("LocalCHNoiseMeasurementPeriod", body.localChNoiseMeasurementPeriod())
        .decimal("LocalCHFailurePercentage", body.localChFailurePercentageHundredths(), HUNDREDTHS)
        .decimal("LocalCHRetryPercentage", body.localChRetryPercentageHundredths(), HUNDREDTHS);
  }

  private static void readChannels(
      Fields in, String band, int first, int last, List<Integer> channels) {
    Fields group = in.group(band + first + "To" + last);
    for (int channel = first; channel <= last; channel++) {
      if (group.flag("Channel" + channel)) {
        channels.add(channel);
      }
    }
    group.end();
  }

  private static void writeChannels(
      XmlWriter out, String band, int first, int last, List<Integer> channels) {
    out.start(band + first + "To" + last);
    for (int channel : channels) {
      out.flag("Channel" + channel, channel >= first && channel <= last);
    }
    out.end();
  }
}
