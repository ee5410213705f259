// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import org.hanota.api.ParameterValues;
import org.hanota.api.machine.TrustedClock;

/**
 * Times and limits of a device, as {@link DeviceParameter} documents them; all times in
 * milliseconds. Immutable.
 */
public final class DeviceParameters {
  /** The defaults of the table. */
  public static final DeviceParameters DEFAULT =
      new DeviceParameters(ParameterValues.defaults(DeviceParameter.class));

  private final ParameterValues<DeviceParameter> values;
  private final TrustedClock.Limits clock;

  private DeviceParameters(ParameterValues<DeviceParameter> values) {
    this.values = values;
    this.clock =
        new TrustedClock.Limits(
            values.get(DeviceParameter.CLOCK_STEP),
            values.get(DeviceParameter.CLOCK_ABSENCE),
            values.get(DeviceParameter.CLOCK_CONFIRMATION),
            values.getInt(DeviceParameter.CLOCK_READINGS));
  }

  /** The value of a row. */
  public long get(DeviceParameter row) {
    return values.get(row);
  }

  /** The same with another value of one row, which is checked against its range. */
  public DeviceParameters with(DeviceParameter row, long value) {
    return new DeviceParameters(values.with(row, value));
  }

  /** The same with another value of a row that is true or false. */
  public DeviceParameters with(DeviceParameter row, boolean value) {
    return with(row, value ? 1 : 0);
  }

  /** {@link DeviceParameter#QUERY_INTERVAL}. */
  public long queryIntervalMs() {
    return values.get(DeviceParameter.QUERY_INTERVAL);
  }

  /** {@link DeviceParameter#QUERY_START_JITTER}. */
  public long queryStartJitterMs() {
    return values.get(DeviceParameter.QUERY_START_JITTER);
  }

  /** {@link DeviceParameter#DISCOVERY_RETRY}. */
  public long discoveryRetryMs() {
    return values.get(DeviceParameter.DISCOVERY_RETRY);
  }

  /** {@link DeviceParameter#RESPONSE_TIMEOUT}. */
  public long responseTimeoutMs() {
    return values.get(DeviceParameter.RESPONSE_TIMEOUT);
  }

  /** {@link DeviceParameter#RETRY_BACK_OFF}. */
  public long retryBackOffMs() {
    return values.get(DeviceParameter.RETRY_BACK_OFF);
  }

  /** {@link DeviceParameter#RESEND}. */
  public long resendMs() {
    return values.get(DeviceParameter.RESEND);
  }

  /** {@link DeviceParameter#BLOCK_RETRY_LIMIT}. */
  public int blockRetryLimit() {
    return values.getInt(DeviceParameter.BLOCK_RETRY_LIMIT);
  }

  /** {@link DeviceParameter#REST}. */
  public long restMs() {
    return values.get(DeviceParameter.REST);
  }

  /** {@link DeviceParameter#REST_CAP}. */
  public long restCapMs() {
    return values.get(DeviceParameter.REST_CAP);
  }

  /** {@link DeviceParameter#END_REQUEST_RETRY}. */
  public long endRequestRetryMs() {
    return values.get(DeviceParameter.END_REQUEST_RETRY);
  }

  /** {@link DeviceParameter#END_REQUEST_TRIES}. */
  public int endRequestTries() {
    return values.getInt(DeviceParameter.END_REQUEST_TRIES);
  }

  /** {@link DeviceParameter#WAIT_FOR_DATA_CAP}. */
  public long waitForDataCapMs() {
    return values.get(DeviceParameter.WAIT_FOR_DATA_CAP);
  }

  /** {@link DeviceParameter#INVALID_WAIT}. */
  public long invalidWaitMs() {
    return values.get(DeviceParameter.INVALID_WAIT);
  }

  /** {@link DeviceParameter#MAXIMUM_DATA_SIZE}. */
  public int maximumDataSize() {
    return values.getInt(DeviceParameter.MAXIMUM_DATA_SIZE);
  }

  /** {@link DeviceParameter#MAXIMUM_IMAGE_OCTETS}. */
  public long maximumImageOctets() {
    return values.get(DeviceParameter.MAXIMUM_IMAGE_OCTETS);
  }

  /** {@link DeviceParameter#JOURNAL_OCTETS}. */
  public int journalOctets() {
    return values.getInt(DeviceParameter.JOURNAL_OCTETS);
  }

  /** {@link DeviceParameter#PAGE_SIZE}. */
  public int pageSizeOctets() {
    return values.getInt(DeviceParameter.PAGE_SIZE);
  }

  /** {@link DeviceParameter#PAGE_RESPONSE_SPACING}. */
  public int pageResponseSpacingMs() {
    return values.getInt(DeviceParameter.PAGE_RESPONSE_SPACING);
  }

  /** {@link DeviceParameter#POLL_PERIOD}. */
  public long pollPeriodMs() {
    return values.get(DeviceParameter.POLL_PERIOD);
  }

  /** {@link DeviceParameter#NOTIFICATION_POLL}. */
  public long notificationPollMs() {
    return values.get(DeviceParameter.NOTIFICATION_POLL);
  }

  /** {@link DeviceParameter#PART_WAIT}. */
  public long partWaitMs() {
    return values.get(DeviceParameter.PART_WAIT);
  }

  /** {@link DeviceParameter#BLOCK_PERIOD_IN_SECONDS}. */
  public boolean blockPeriodInSeconds() {
    return values.isTrue(DeviceParameter.BLOCK_PERIOD_IN_SECONDS);
  }

  /** {@link DeviceParameter#MINIMUM_POWER_PERCENT}. */
  public int minimumPowerPercent() {
    return values.getInt(DeviceParameter.MINIMUM_POWER_PERCENT);
  }

  /** {@link DeviceParameter#POWER_RETRY}. */
  public long powerRetryMs() {
    return values.get(DeviceParameter.POWER_RETRY);
  }

  /** {@link DeviceParameter#QUICK_TRIES}. */
  public int quickTries() {
    return values.getInt(DeviceParameter.QUICK_TRIES);
  }

  /** {@link DeviceParameter#CLOCK_CHECK}. */
  public long clockCheckMs() {
    return values.get(DeviceParameter.CLOCK_CHECK);
  }

  /** {@link DeviceParameter#REPORT_RETRY}. */
  public long reportRetryMs() {
    return values.get(DeviceParameter.REPORT_RETRY);
  }

  /** {@link DeviceParameter#PAGES_MISSED_MAXIMUM}. */
  public int pagesMissedMaximum() {
    return values.getInt(DeviceParameter.PAGES_MISSED_MAXIMUM);
  }

  /** {@link DeviceParameter#ERASE_BURST}. */
  public int eraseBurst() {
    return values.getInt(DeviceParameter.ERASE_BURST);
  }

  /** {@link DeviceParameter#ERASE_REFILL}. */
  public long eraseRefillMs() {
    return values.get(DeviceParameter.ERASE_REFILL);
  }

  /** {@link DeviceParameter#DOWNLOAD_LIMIT}. */
  public long downloadLimitMs() {
    return values.get(DeviceParameter.DOWNLOAD_LIMIT);
  }

  /** {@link DeviceParameter#MINIMUM_BLOCK_PERIOD_CAP}. */
  public long minimumBlockPeriodCapMs() {
    return values.get(DeviceParameter.MINIMUM_BLOCK_PERIOD_CAP);
  }

  /** How far the clock is believed. */
  public TrustedClock.Limits clock() {
    return clock;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeviceParameters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Names what differs from the defaults. */
  @Override
  public String toString() {
    return values.toString();
  }
}
